"""A plan that takes long says how far it is, and stops when it is told to."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from desktop_app import __main__ as program
from desktop_app import app
from desktop_app.cli import Toolkit, main, run_headless, waiting
from desktop_app.domain.sources import CancelledError


def _no_window(*_: object) -> None:
    raise AssertionError("a headless command asked for the window")


TOOLKIT = Toolkit(write_pdf=_no_window, self_test=_no_window, start_and_quit=_no_window)


@pytest.fixture
def arguments(tmp_path: Path) -> list[str]:
    statement, targets = tmp_path / "Acme.csv", tmp_path / "targets.json"
    statement.write_text(
        "Account Number,Fund Name,Balance\n1,Vanguard 500 Index Fund,$36000.00\n"
        "1,Vanguard Total Bond Market Index,$14000.00\n",
        encoding="utf-8",
    )
    targets.write_text('{"targets": {"stocks": "0.6", "fixed_income": "0.4"}}', encoding="utf-8")
    return ["plan", str(statement), "--targets", str(targets), "--json"]


def test_a_short_wait_is_not_worth_a_word(capsys) -> None:
    with waiting.waiting() as wait:
        wait.tell(0.1)
    assert capsys.readouterr().err == ""


def test_a_long_wait_is_told_now_and_then(capsys, monkeypatch) -> None:
    clock = iter([0.0, 1.9, 2.1, 3.0, 4.2])
    monkeypatch.setattr(waiting.time, "monotonic", lambda: next(clock))
    with waiting.waiting() as wait:
        for share in (0.19, 0.21, 0.3, 0.42):
            wait.tell(share)
    said = capsys.readouterr().err.splitlines()
    assert ["21%" in said[0], "42%" in said[1], len(said)] == [True, True, 2]


def test_the_interrupt_key_stops_the_search(arguments, capsys, monkeypatch) -> None:
    before = signal.getsignal(signal.SIGINT)

    def pressed(snapshot, target, rules, tell):
        signal.raise_signal(signal.SIGINT)
        tell(0.5)

    monkeypatch.setattr(main, "make_plan", pressed)
    assert run_headless(arguments, TOOLKIT) == 130
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == "even-keel: stopped. Nothing was planned or written.\n"
    assert signal.getsignal(signal.SIGINT) is before


def test_the_interrupt_key_while_the_program_is_loaded_ends_in_a_sentence(capsys, monkeypatch) -> None:
    """Loading takes the first half second; a traceback is never what a person gets."""

    def pressed(_arguments):
        raise KeyboardInterrupt

    monkeypatch.setattr(app, "run", pressed)
    assert program.main() == 130
    assert capsys.readouterr().err == "even-keel: stopped.\n"


def test_the_key_pressed_twice_does_not_wait_for_the_search(monkeypatch) -> None:
    with waiting.waiting() as wait:
        signal.raise_signal(signal.SIGINT)
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
        with pytest.raises(CancelledError):
            wait.tell(0.1)
