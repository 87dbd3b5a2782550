"""The window in Spanish: chosen in Settings or by the computer, on every page, with nothing cut."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtWidgets import QApplication, QComboBox, QDialogButtonBox, QMenuBar, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.domain.classes import AssetClass
from desktop_app.domain.household import Household
from desktop_app.domain.language import day_words, use_translation, whole_day_words
from desktop_app.domain.resources import resource_path
from desktop_app.domain.schedule import YearDay
from desktop_app.reports.rule_sentences import class_funds
from desktop_app.settings import Preferences, load_preferences, save_preferences
from desktop_app.storage import atomic_write_bytes, save_document
from desktop_app.ui.document import Document
from desktop_app.ui.language import CatalogueTranslator, language_meant, speak
from desktop_app.ui.pages.import_preview import ImportPreviewPage
from desktop_app.ui.pages.targets import TargetsPage
from desktop_app.ui.pages.typing_dialog import TypingDialog
from desktop_app.ui.screens import DAY, every_screen
from desktop_app.ui.theme import apply_theme, set_reduce_motion
from desktop_app.ui.widgets.day_field import parse_day
from desktop_app.ui.window import MainWindow
from desktop_app.workflow.sample import sample_household
from desktop_app.workflow.statements import preview_files
from desktop_app.workflow.year_days import read_year_days, year_day_words

from .window_words import cut, everything_said, said_by

OF_LIBRARIES = ("Q", "GraphicsScene")
"""Contexts of Qt and of the drawing library, whose menus are never shown."""

PLAINLY = {
    "first-start": "Vuelva a equilibrar su 401(k)",
    "overview": "Resumen",
    "holdings": "Posiciones",
    "targets": "Objetivos",
    "outlook": "Perspectiva",
    "guided": "Plan guiado",
    "settings": "Configuración",
    "help": "Ayuda",
    "import-preview": "Compruebe este estado de cuenta",
    "wizard-goal": "¿Hasta dónde debe llegar el plan?",
    "wizard-money": "¿Entra o sale dinero?",
    "wizard-rules": "¿Qué permiten las cuentas?",
    "wizard-orders": "Las órdenes, como las recibe cada plan",
    "wizard-review": "Lo que queda fuera del objetivo",
    "history": "Historial",
    "history-table": "Historial",
    "checklist": "Cuando todo esté hecho",
    "checklist-reconciled": "Desviación por clase",
    "overview-reconciled": "Resumen",
}
"""What each screen must say somewhere."""


@pytest.fixture
def spanish(qapp: QApplication) -> Iterator[None]:
    before = QLocale()
    translator = speak(qapp, "es")
    apply_theme(qapp, "light")
    set_reduce_motion(True)
    yield
    set_reduce_motion(None)
    use_translation(None)
    assert translator is not None
    qapp.removeTranslator(translator)
    QLocale.setDefault(before)


@pytest.fixture
def asked_in_vain(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Return every text of the program that was asked for and has no Spanish in any context."""
    missed: set[str] = set()
    known = {english for english, _ in every_text()}
    translate = CatalogueTranslator.translate

    def listening(self: CatalogueTranslator, context: str, source: str, *more: Any) -> str:
        said = translate(self, context, source, *more)
        if said is source and source not in known and not context.startswith(OF_LIBRARIES):
            missed.add(source)
        return said

    monkeypatch.setattr(CatalogueTranslator, "translate", listening)
    return missed


@pytest.fixture
def no_language_left(qapp: QApplication) -> Iterator[None]:
    before = QLocale()
    yield
    use_translation(None)
    QLocale.setDefault(before)
    for translator in qapp.findChildren(CatalogueTranslator):
        qapp.removeTranslator(translator)
        translator.deleteLater()


def every_text() -> list[tuple[str, str]]:
    """Return every English text with its Spanish."""
    catalogue = json.loads(resource_path("translations/es.json").read_text(encoding="utf-8"))
    return [(english, spanish) for texts in catalogue.values() for english, spanish in texts.items()]


def english_only() -> set[str]:
    """Return the English texts that read otherwise in Spanish, wherever they stand."""
    pairs = every_text()
    spoken = {spanish for _, spanish in pairs}
    return {english for english, spanish in pairs if english != spanish} - spoken


@pytest.mark.qt_log_ignore("propagateSizeHints")
def test_every_screen_speaks_spanish_and_shows_all_of_it(
    asked_in_vain: set[str], spanish: None, tmp_path: Path
) -> None:
    english = english_only()
    faults = []
    seen = set()
    for name, window in every_screen(tmp_path, 1.0):
        said = set(everything_said(window))
        seen.add(name)
        faults += [f"{name}: English: {text}" for text in sorted(said & english)]
        faults += [f"{name}: cut: {what}" for what in cut(window)]
        if PLAINLY[name] not in said:
            faults.append(f"{name}: does not say “{PLAINLY[name]}”")
    assert not faults, "\n".join(dict.fromkeys(faults))
    assert seen == set(PLAINLY)
    assert {text for text in asked_in_vain if re.search(r"[A-Za-z]{2}", text)} == set()


def shared_keys(bar: QMenuBar) -> list[str]:
    """Return the items that share their underlined letter with another one of their menu."""
    menus = {menu.text(): [action.text() for action in menu.menu().actions()] for menu in bar.actions()}
    shared = []
    for items in (list(menus), *menus.values()):
        keys = [(found[1].lower(), item) for item in items if (found := re.search(r"&(\w)", item))]
        letters = [letter for letter, _ in keys]
        shared += [item for letter, item in keys if letters.count(letter) > 1]
    return shared


def test_no_two_items_of_a_menu_have_one_key(
    spanish: None, open_window: Callable[[Household], MainWindow]
) -> None:
    assert shared_keys(open_window(sample_household(DAY)).menuBar()) == []


def test_nor_have_they_in_english(open_window: Callable[[Household], MainWindow]) -> None:
    """Alt+H stood for two menus: the second press came to the other one."""
    assert shared_keys(open_window(sample_household(DAY)).menuBar()) == []


def test_dates_are_spanish_and_understood(spanish: None) -> None:
    day = date(2026, 9, 30)
    assert day_words(day) == "30 sept 2026"
    assert whole_day_words(day) == "30 de septiembre de 2026"
    for written in ("30 sept 2026", "30 de septiembre de 2026", "30 Sep 2026", "9/30/2026"):
        assert parse_day(written) == day
    assert year_day_words(YearDay(1, 31)) == "31 de enero"
    for written in ("31 de enero y 15 de julio", "31 January and 15 July", "15 jul, 31 ene"):
        assert read_year_days(written) == ((1, 31), (7, 15))


def test_a_preview_says_in_spanish_what_the_reader_found(spanish: None, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "plan.csv").write_text(
        "As of 10/31/2026\nFund,Balance\nGrey Heron Pool,200.00\nCastle Bond Index,300.00\n"
        "Oak Pool,see below\nTotal,900.00\n",
        encoding="utf-8",
    )
    (tmp_path / "letter.pdf").write_bytes(b"%PDF-1.7\n")
    (tmp_path / "letter.csv").write_bytes(b"%PDF-1.7\n")
    document = Document(Household(), lambda: DAY)
    page = ImportPreviewPage(document)
    document.setParent(page)
    qtbot.addWidget(page)
    page.resize(1080, 720)
    page.show_preview(preview_files(Household(), [tmp_path]))
    page.show()
    checks = page.checks.texts()
    assert "plan: las líneas suman 500.00, pero el archivo indica 900.00." in checks[0]
    assert not any("coincide al centavo" in words for words in checks)
    assert any("El valor de Oak Pool no se puede leer: “see below”." in words for words in checks)
    said = " ".join(words for widget in page.findChildren(QWidget) for words in said_by(widget))
    assert "“letter.csv” es un documento PDF, no un estado de cuenta con posiciones." in said
    assert "“letter.pdf” en “" in said
    assert "Un fondo de acciones de EEUU" in said
    for english in ("Check ", "Download ", "the lines add", "cannot be read", "Type ", "A US"):
        assert english not in said


def test_funds_of_a_class_are_not_put_together_from_english_parts(spanish: None) -> None:
    assert class_funds(AssetClass.STOCKS) == "fondos de acciones"
    assert class_funds(AssetClass.BROKERAGE_WINDOW) == "la ventana de corretaje"


def test_what_qt_says_itself_is_spanish(spanish: None, qtbot: QtBot) -> None:
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(buttons)
    assert buttons.button(QDialogButtonBox.StandardButton.Cancel).text().replace("&", "") == "Cancelar"
    assert QCoreApplication.translate("Nowhere", "Never translated") == "Never translated"


@pytest.mark.parametrize(
    ("computer", "language"),
    [
        (["es-US", "es"], "es"),
        (["en-US", "en", "es"], "en"),
        (["fr-FR", "fr", "es-ES", "es"], "es"),
        (["de-DE", "de"], "en"),
        (["C"], "en"),
        ([], "en"),
    ],
)
def test_the_computer_chooses_among_the_languages_there_are(
    monkeypatch: pytest.MonkeyPatch, computer: list[str], language: str
) -> None:
    class Computer:
        @staticmethod
        def system() -> type[Computer]:
            return Computer

        @staticmethod
        def uiLanguages() -> list[str]:  # noqa: N802 - the name Qt gave it
            return computer

    monkeypatch.setattr("desktop_app.ui.language.QLocale", Computer)
    assert language_meant("system") == language
    assert language_meant("es") == "es"
    assert language_meant("en") == "en"


def test_chosen_in_settings_it_is_spoken_at_the_next_start(
    no_language_left: None, start: Callable[[Path], MainWindow], tmp_path: Path
) -> None:
    first = start(tmp_path / "one.keel")
    first.show_page("settings")
    [choice] = [box for box in first.findChildren(QComboBox) if box.accessibleName() == "Language"]
    assert [choice.itemText(i) for i in range(choice.count())] == [
        "Same as the computer",
        "English",
        "Español",
    ]
    assert "next start" in choice.accessibleDescription()
    choice.setCurrentIndex(choice.findData("es"))
    choice.activated.emit(choice.currentIndex())
    assert load_preferences()[0].language == "es"
    first.close()
    second = start(tmp_path / "two.keel")
    assert next(menu.text() for menu in second.menuBar().actions()) == "&Archivo"
    assert "Vuelva a equilibrar su 401(k)" in set(everything_said(second))
    assert Preferences().language == "system"


def test_a_damaged_household_is_told_of_in_the_chosen_language(
    no_language_left: None, start: Callable[[Path], MainWindow], tmp_path: Path
) -> None:
    save_preferences(Preferences(language="es"), write=atomic_write_bytes)
    file = tmp_path / "mine.keel"
    save_document(sample_household(DAY), file)
    whole = bytearray(file.read_bytes())
    whole[-1] ^= 1
    file.write_bytes(whole)
    start(file)
    [box] = [each for each in QApplication.topLevelWidgets() if isinstance(each, QMessageBox)]
    assert re.fullmatch(
        r"“mine\.keel” está dañado \(su suma de comprobación no coincide\)\. Ese archivo se conserva como "
        r"“mine damaged \d{4}-\d\d-\d\d\.keel”\. No hay ninguna copia de seguridad\.",
        box.text(),
    )
    box.close()


def test_a_target_short_of_the_whole_says_so(
    spanish: None, qtbot: QtBot, open_window: Callable[[Household], MainWindow]
) -> None:
    window = open_window(sample_household(DAY))
    window.show_page("targets")
    page = window.findChild(TargetsPage)
    field = page.editor.lines[AssetClass.US_LARGE].field
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "35")  # 10 less than the 45 of the sample
    assert page.editor.sum_words.whole_text() == "quedan 10\u00a0%"
    assert not page.reasons.save.isEnabled()
    assert page.reasons.save.toolTip() == "Primero, las partes deben sumar 100 %."


def test_what_is_missing_of_typed_holdings_is_said_where_they_are_typed(
    spanish: None, open_window: Callable[[Household], MainWindow]
) -> None:
    window = open_window(Household())
    dialog = TypingDialog(Household(), DAY, window.runner, None, window)
    dialog.open()
    dialog.accept()
    assert dialog.trouble.text() == "La cuenta no tiene nombre. Indique el nombre del plan o de la cuenta."
    dialog.name.setText("Plan")
    dialog.accept()
    assert dialog.trouble.isVisible()
    assert dialog.trouble.text() == ("No se escribió ninguna posición. Indique al menos un fondo y su valor.")
    dialog.close()
