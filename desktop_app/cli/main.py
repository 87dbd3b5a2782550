"""Arguments of the headless commands, what each does, and its exit code."""

from __future__ import annotations

import argparse
import getpass
import json
import os
import sys
import traceback
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, TextIO

from desktop_app import __version__
from desktop_app.domain.accounts import Snapshot
from desktop_app.domain.errors import UserError
from desktop_app.domain.household import Household
from desktop_app.domain.issues import Issue
from desktop_app.domain.plan import ExchangePlan
from desktop_app.domain.records import dataclass
from desktop_app.domain.sources import CancelledError, StatementSource
from desktop_app.domain.statement import Statement
from desktop_app.importers import find_sources, read_source
from desktop_app.rebalance import doubts_of, make_plan
from desktop_app.reports import refuse_household, write_csv, write_xlsx
from desktop_app.storage import load_document
from desktop_app.workflow.edits import start_checklist
from desktop_app.workflow.target_files import read_rules_file, read_target_file

from .accounts import household_in, household_of, rules_for
from .answers import plan_answer, statement_answer
from .outlook import add_commands, run_goals, run_outlook
from .waiting import waiting
from .words import on_one_line, plan_words, statement_words

FAULT = 1
"""Exit code for a fault of our own."""

STOPPED = 130
"""Exit code when the interrupt key ended it, as shells have it."""

DOCUMENT_SUFFIX = ".keel"

HISTORY = {"outlook": run_outlook, "goals": run_goals}
"""Commands that need no statement."""


@dataclass(frozen=True, slots=True)
class Toolkit:
    """What the headless commands borrow from the window's floor.

    `write_pdf(household, path, paper)` prints its newest checklist; it needs Qt and is only called where a
    PDF is asked for. `self_test` and `start_and_quit` return an exit code.
    """

    write_pdf: Callable[[Household, Path, str], None]
    self_test: Callable[[], int]
    start_and_quit: Callable[[Path | None], int]


def headless_parser() -> argparse.ArgumentParser:
    """Return the parser of every headless command."""
    parser = argparse.ArgumentParser(
        prog="even-keel",
        description="Keeps a 401(k) on its intended mix. Without a command it opens the window.",
    )
    parser.add_argument("--version", action="version", version=f"Even Keel {__version__}")
    parser.add_argument("--self-test", action="store_true", help="try every part once and say what held")
    parser.add_argument(
        "--start-and-quit",
        nargs="?",
        const="",
        metavar="DOCUMENT",
        help="open the window, print the milliseconds to its first paint, and leave",
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    read = commands.add_parser("read", help="show what an import of these files would see")
    _add_files(read)
    read.add_argument("--json", action="store_true", help="answer as JSON")
    _add_password(read)
    plan = commands.add_parser(
        "plan",
        help="find the exchanges that bring these accounts to target",
        description="Plans over all accounts of the files. A household (.keel) brings its accounts, mixes, "
        "rules and past exchanges, and is only read; statements beside it are newer figures of its accounts, "
        "or more accounts. What R.json says of an account takes the place of what the household says.",
    )
    _add_files(plan)
    plan.add_argument("--targets", type=Path, required=True, metavar="T.json", help="what to hold")
    plan.add_argument("--rules", type=Path, metavar="R.json", help="rules, money in or out, mixes")
    plan.add_argument("--json", action="store_true", help="answer as JSON")
    plan.add_argument("--pdf", type=Path, metavar="OUT", help="print the checklist to a PDF file")
    plan.add_argument("--xlsx", type=Path, metavar="OUT", help="write the checklist as a workbook")
    plan.add_argument("--csv", type=Path, metavar="OUT", help="write the checklist as CSV")
    _add_password(plan)
    plan.add_argument("--paper", choices=("letter", "a4"), default="letter")
    add_commands(commands)
    return parser


def _add_files(command: argparse.ArgumentParser) -> None:
    words = "a statement, a folder of statements, a zip archive of them, or a household (.keel)"
    command.add_argument("files", nargs="+", type=Path, metavar="FILE", help=words)


def _add_password(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--password-stdin",
        action="store_true",
        help="read the password of protected workbooks, or a household's passphrase, from a line of input",
    )


def _password(options: argparse.Namespace) -> str | None:
    """Return the password given on standard input; it never stands on a command line, nor on the screen."""
    if not options.password_stdin:
        return None
    if sys.stdin is None:  # closed by whoever started us
        return ""
    if sys.stdin.isatty():
        return getpass.getpass("Password or passphrase: ", sys.stderr)
    return sys.stdin.readline().rstrip("\r\n")


_NEVER_HERE = (
    "A password or passphrase never stands on the command line, where other users and the history of the "
    "shell see it. Use --password-stdin and give it on standard input."
)


def _gives_password(argument: str) -> bool:
    """Tell whether an argument begins as one that would take a password; what follows is never repeated."""
    return argument.startswith("--pass") and argument != "--password-stdin"


def run_headless(arguments: Sequence[str], toolkit: Toolkit) -> int:
    """Run one headless command; returns its exit code. Every mistake ends as a sentence on standard error."""
    _open_missing_streams()
    for stream in (sys.stdout, sys.stderr):
        _speak_utf8(stream)
    if any(_gives_password(argument) for argument in arguments):
        sys.stderr.write(f"even-keel: {_NEVER_HERE}\n")
        return UserError.exit_code
    options = headless_parser().parse_args(arguments)
    try:
        if options.self_test:
            return toolkit.self_test()
        if options.start_and_quit is not None:
            return toolkit.start_and_quit(Path(options.start_and_quit) if options.start_and_quit else None)
        code = _run_command(options, toolkit)
        sys.stdout.flush()
        return code
    except UserError as error:
        _say(error)
        return error.exit_code
    except (CancelledError, KeyboardInterrupt):
        sys.stderr.write("even-keel: stopped. Nothing was planned or written.\n")
        return STOPPED
    except BrokenPipeError:
        return 0
    except OSError as error:
        _say(NotWrittenError(error.strerror or type(error).__name__))
        return NotWrittenError.exit_code
    except Exception as fault:  # noqa: BLE001 - the outermost wall: a script gets a sentence, never a traceback
        _say_fault(fault)
        return FAULT


def _run_command(options: argparse.Namespace, toolkit: Toolkit) -> int:
    if options.command in HISTORY:
        said = HISTORY[options.command](options)
        if isinstance(said, str):
            sys.stdout.write(said + "\n")
        else:
            _print_json(said)
        return 0
    return _read(options) if options.command == "read" else _plan(options, toolkit)


class NotWrittenError(UserError):
    """The answer could not be written to standard output."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"The answer could not be written ({reason}). Check where the output goes.")


def _open_missing_streams() -> None:
    """Give a closed standard output or error a place to go: a window program has none."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123 - lives as long as we


def _speak_utf8(stream: TextIO) -> None:
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(encoding="utf-8", errors="replace")


def _say_fault(fault: Exception) -> None:
    """Name the place of a fault of our own: nothing from the user's files, so that it can be reported."""
    place = traceback.extract_tb(fault.__traceback__)[-1]
    sys.stderr.write(
        f"even-keel: this is a fault of Even Keel, not of your files; nothing was changed. Please report: "
        f"{__version__} {type(fault).__name__} at {Path(place.filename).name}:{place.lineno}\n"
    )


def _say(error: UserError) -> None:
    _tell(f"even-keel: {error}")


def _tell(words: str) -> None:
    """Say one line on standard error."""
    sys.stderr.write(on_one_line(words) + "\n")


def _read(options: argparse.Namespace) -> int:
    """Show every statement of the files given; what cannot be read is said, and the rest still shown."""
    password = _password(options)
    documents = [path for path in options.files if _is_document(path)]
    sources, refused = find_sources([path for path in options.files if path not in documents])
    trouble = [error for _, error in refused]
    for error in trouble:
        _say(error)
    answers: list[dict[str, Any]] = []
    for found in (
        *(partial(_of_document, path, password) for path in documents),
        *(partial(_of_source, replace(source, password=password)) for source in sources),
    ):
        try:
            for statement, answer in found():
                answers.append(answer)
                if not options.json:
                    sys.stdout.write(statement_words(statement) + "\n")
        except UserError as error:
            _say(error)
            trouble.append(error)
    if options.json:
        _print_json({"files": answers})
    return max((error.exit_code for error in trouble), default=0)


def _is_document(path: Path) -> bool:
    return path.suffix.lower() == DOCUMENT_SUFFIX


def _of_source(source: StatementSource) -> list[tuple[Statement, dict[str, Any]]]:
    statement = read_source(source)
    return [(statement, statement_answer(statement, source))]


def _of_document(path: Path, passphrase: str | None) -> list[tuple[Statement, dict[str, Any]]]:
    """Return the statements a household keeps; its file is only read, also while a window has it open."""
    return [
        (statement, {"document": path.name, **statement_answer(statement, StatementSource(statement.file))})
        for statement in load_document(path, passphrase).statements
    ]


def _plan(options: argparse.Namespace, toolkit: Toolkit) -> int:
    documents = [path for path in options.files if _is_document(path)]
    sources, refused = find_sources([path for path in options.files if path not in documents])
    _refuse_overwriting(options, sources)
    for _, error in refused:
        if error.exit_code:
            raise error
        _say(error)
    target = read_target_file(options.targets)
    said = read_rules_file(options.rules, date.today())
    password = _password(options)
    base = household_in(documents, password)
    statements = tuple(read_source(replace(source, password=password)) for source in sources)
    household = household_of(base, statements, said, lambda words: _tell(f"even-keel: {words}"))
    rules, schedule = rules_for(base, said), household.schedule
    snapshot: Snapshot = household.snapshot()
    with waiting() as wait:
        plan: ExchangePlan = make_plan(snapshot, target, rules, wait.tell)
    issues = _said(doubts_of(snapshot, rules))
    household = start_checklist(household, plan, rules.today)
    checklist = household.checklists[-1]
    if options.xlsx:
        write_xlsx(checklist, household.name, options.xlsx)
    if options.csv:
        write_csv(checklist, options.csv)
    if options.pdf:
        toolkit.write_pdf(household, options.pdf, options.paper)
    if options.json:
        _print_json(plan_answer(plan, schedule, issues))
    else:
        sys.stdout.write(plan_words(plan, snapshot, schedule) + "\n")
    for name in ("pdf", "xlsx", "csv"):
        path = getattr(options, name)
        if path:
            _tell(f"Checklist saved: {path}")
    return 0


def _said(issues: tuple[Issue, ...]) -> tuple[Issue, ...]:
    """Say what is doubtful to people and return it for the answer."""
    for issue in issues:
        _tell(f"even-keel: {issue.message} {issue.fix}")
    return issues


class OutputIsInputError(UserError):
    """An output would take the place of a file the plan is made from."""

    def __init__(self, option: str, path: Path) -> None:
        super().__init__(f"--{option} {path} is also read from. Give the checklist a name of its own.")


def _refuse_overwriting(options: argparse.Namespace, sources: Iterable[StatementSource]) -> None:
    read = (*options.files, *(source.path for source in sources), options.targets, options.rules)
    taken = {path.resolve() for path in read if path is not None}
    for option in ("pdf", "xlsx", "csv"):
        path = getattr(options, option)
        if path is None:
            continue
        if path.resolve() in taken:
            raise OutputIsInputError(option, path)
        refuse_household(path)
        taken.add(path.resolve())


def _print_json(answer: dict[str, Any]) -> None:
    json.dump(answer, sys.stdout, indent=2, ensure_ascii=False)
    sys.stdout.write("\n")
