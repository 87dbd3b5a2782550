"""Every text of the program is found by its context, and every one has its translation."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
CATALOGUES = sorted((ROOT / "resources" / "translations").glob("*.json"))

SAME_IN_SPANISH = {
    "A4", "A4 (210 × 297 mm)", "COVID", "CUSIP", "Crisis", "Ctrl+V", "English", "Español", "OK", "PDF…",
    "Plan, $", "Plan, %", "TSP", "Total", "plan", "abaretirement.com",
    "acewealthpartners.com; nimbralion.com",
    "stablevalue.org; troweprice.com 2019; wisconsin.gwrs.com; cammackretirement.com; marshall-cobb.com",
}  # fmt: skip
"""Names, and words both languages write alike."""

SHORTENED = ("prot.", "sal.", "no.")

WINDOW = """
from PySide6.QtCore import QCoreApplication
from desktop.words import LONG, short, tr
_SHAPES = {1: "One thing", 2: "Two things"}
def entries():
    say = QCoreApplication.translate
    return say("rail", "Overview")
def fill(window: Window, count):
    tr = window.tr
    return tr("&File"), tr("Import {0}" if count else "Nothing")
class Page:
    def __init__(self):
        self.tr("Title")
        self.tr(_SHAPES[1]), self.tr(_SHAPES.get(3) or LONG)
        short("In short"), tr("3 words")
        self.tr("\\u2014")
"""
WORDS = """
from .language import translator
LONG = "A long " "story"
_tr = translator("Below")
def short(text: str) -> str:
    return QCoreApplication.translate("Short", text)
def tr(text):
    return QCoreApplication.translate("Short", text)
print(_tr("deep down"))
"""


@pytest.fixture
def strings(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(ROOT / "packaging"))
    import strings

    return strings


@pytest.fixture(scope="module")
def own_texts() -> set[tuple[str, str]]:
    """Every text of the program with its context: reading all of its source takes seconds."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(ROOT / "packaging"))
        import strings

        return strings.texts_of()


def written(folder: Path, **modules: str) -> Path:
    package = folder / "desktop"
    package.mkdir()
    for name, source in modules.items():
        (package / f"{name}.py").write_text(source, encoding="utf-8")
    return package


def test_texts_are_found_with_their_contexts(strings: ModuleType, tmp_path: Path) -> None:
    assert strings.texts_of(written(tmp_path, window=WINDOW, words=WORDS)) == {
        ("rail", "Overview"),
        ("Window", "&File"),
        ("Window", "Import {0}"),
        ("Window", "Nothing"),
        ("Page", "Title"),
        ("Page", "One thing"),
        ("Page", "Two things"),
        ("Page", "A long story"),
        ("Short", "In short"),
        ("Short", "3 words"),
        ("Below", "deep down"),
    }


def test_a_text_that_cannot_be_told_is_refused(strings: ModuleType, tmp_path: Path) -> None:
    package = written(tmp_path, page="class Page:\n    def say(self, it):\n        self.tr(it.name)\n")
    with pytest.raises(strings.UnknownTextError, match=r"desktop\.page: .*`it\.name`"):
        strings.texts_of(package)


def test_a_catalogue_keeps_its_translations_and_loses_what_is_gone(strings: ModuleType) -> None:
    before = {"Page": {"Title": "Título", "Gone": "Ido"}, "Old": {"Gone too": "También"}}
    assert strings.brought_up_to_date(before, {("Page", "Title"), ("Page", "New"), ("A", "B")}) == {
        "A": {"B": ""},
        "Page": {"New": "", "Title": "Título"},
    }


def test_a_text_takes_over_what_it_is_called_elsewhere_if_that_is_one_thing(strings: ModuleType) -> None:
    before = {"Here": {"Save": "Guardar", "Change": "Cambiar"}, "There": {"Change": "Cambio"}}
    assert strings.brought_up_to_date(before, {("New", "Save"), ("New", "Change"), ("Here", "Save")}) == {
        "Here": {"Save": "Guardar"},
        "New": {"Change": "", "Save": "Guardar"},
    }


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.stem)
def test_every_text_is_translated_and_nothing_else(
    strings: ModuleType, own_texts: set[tuple[str, str]], path: Path
) -> None:
    catalogue = json.loads(path.read_text(encoding="utf-8"))
    assert catalogue == strings.brought_up_to_date(catalogue, own_texts), "run dev.py strings"
    faults = [
        f"{context}: {text!r} -> {translation!r}: {fault}"
        for context, texts in catalogue.items()
        for text, translation in texts.items()
        for fault in faults_of(text, translation)
    ]
    assert not faults, "\n".join(faults)


def faults_of(text: str, translation: str) -> list[str]:
    """Return what a translation lost or added of all that is not words."""
    told = [
        ("no translation", bool(translation), True),
        ("places to fill in", places(text), places(translation)),
        ("spaces at the ends", ends(text), ends(translation)),
        ("lines", text.count("\n"), translation.count("\n")),
        ("key of a menu", keys(text), keys(translation)),
        ("dots of a dialog", text.endswith("…"), translation.endswith("…")),
        (
            "full stop",
            is_sentence(text) or translation.endswith(SHORTENED),
            translation.rstrip().endswith("."),
        ),
        ("figures", figures(text), figures(translation)),
    ]
    return [name for name, asked, found in told if asked != found]


def places(text: str) -> list[str]:
    return sorted(re.findall(r"\{[^}]*\}", text))


def ends(text: str) -> tuple[str, str]:
    return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]


def is_sentence(text: str) -> bool:
    plain = text.rstrip()
    return plain.endswith(".") and not plain.endswith(SHORTENED)


def keys(text: str) -> int:
    return len(re.findall(r"&\w", text))


def figures(text: str) -> list[str]:
    return sorted(re.findall(r"\d+", re.sub(r"\{[^}]*\}", "", text)))


def test_no_word_was_left_in_english() -> None:
    catalogue = json.loads((ROOT / "resources" / "translations" / "es.json").read_text(encoding="utf-8"))
    alike = {text for texts in catalogue.values() for text, spanish in texts.items() if text == spanish}
    assert {text for text in alike if re.search(r"[A-Za-z]{2}", re.sub(r"\{[^}]*\}", "", text))} == (
        SAME_IN_SPANISH - {"A4"}
    )


SENTENCE = re.compile(r"[A-Za-z]{2,} [a-z]{2,} .*[.:]$", re.DOTALL)
"""Words that end as a sentence does; what readers look for in files ends otherwise."""
OUR_OWN_FAULT = "is not a class a fund can have."


def test_every_sentence_of_the_readers_is_translated(own_texts: set[tuple[str, str]]) -> None:
    texts = {text for _, text in own_texts}
    said = [
        f"{path.name}: {text}"
        for path in sorted((ROOT / "desktop_app" / "importers").rglob("*.py"))
        for text in sentences(ast.parse(path.read_text(encoding="utf-8")))
        if text not in texts and OUR_OWN_FAULT not in text
    ]
    assert said == []


def sentences(tree: ast.Module) -> Iterator[str]:
    """Yield the texts of a module that read as sentences, whole or with something put into them."""
    beside = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, (ast.Expr, ast.JoinedStr))
        for inner in ast.iter_child_nodes(node)
        if isinstance(inner, ast.Constant)
    }
    for node in ast.walk(tree):
        match node:
            case ast.JoinedStr(values=values):
                text = "".join(str(v.value) if isinstance(v, ast.Constant) else "{}" for v in values)
            case ast.Constant(value=str(text)) if id(node) not in beside:
                pass
            case _:
                continue
        if SENTENCE.search(text):
            yield text
