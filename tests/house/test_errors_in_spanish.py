"""What goes wrong is told in Spanish where Spanish is spoken, and as ever in English without a language."""

from __future__ import annotations

import ast
import importlib
import inspect
import json
import pkgutil
import re
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from desktop_app.domain.accounts import Account, Holding, Snapshot
from desktop_app.domain.classes import AssetClass
from desktop_app.domain.errors import UserError
from desktop_app.domain.funds import ClassifiedBy, Fund
from desktop_app.domain.goals import GoalPlan
from desktop_app.domain.household import Household
from desktop_app.domain.issues import Severity
from desktop_app.domain.language import use_translation
from desktop_app.domain.mix import AssetMix
from desktop_app.domain.resources import resource_path
from desktop_app.domain.rules import AccountRules, PlanRules
from desktop_app.domain.schedule import CheckSchedule, YearDay
from desktop_app.domain.sources import TYPED
from desktop_app.domain.statement import Statement
from desktop_app.domain.targets import TargetAllocation
from desktop_app.rebalance import make_plan
from desktop_app.rebalance.errors import RULE_NAMES
from desktop_app.reports.rule_sentences import names_of, rule_words
from desktop_app.settings import Preferences, load_preferences
from desktop_app.storage import DocumentStore, load_document, save_document
from desktop_app.workflow.by_hand import TypedRow, typed_preview
from desktop_app.workflow.documents import open_document
from desktop_app.workflow.guesses import likely_kinds
from desktop_app.workflow.rule_presets import rule_presets
from desktop_app.workflow.sample import sample_household
from desktop_app.workflow.target_files import read_target_file

ROOT = Path(__file__).resolve().parents[2]
FLOORS = ("domain", "storage", "workflow", "rebalance", "outlook", "reports", "settings")
TODAY = date(2026, 11, 22)
PLAIN: dict[str, object] = {
    "Path": Path("/tmp/here/house.keel"),
    "str": "abc",
    "object": "abc",
    "int": 3,
    "int | str": 3,
    "Decimal": Decimal("7.5"),
    "Money": Decimal("1234.50"),
    "Weight": Decimal("0.125"),
    "Sequence[str]": ("one", "two"),
    "bool": True,
}
"""A plain argument for each kind of parameter."""

Catalogue = dict[str, dict[str, str]]
Say = Callable[[Callable[[], str]], tuple[str, str]]


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    found: Catalogue = json.loads(resource_path("translations/es.json").read_text(encoding="utf-8"))
    return found


@pytest.fixture
def in_both(catalogue: Catalogue) -> Iterator[Say]:
    """Return what makes a sentence twice: in English and in Spanish."""

    def say(make: Callable[[], str]) -> tuple[str, str]:
        use_translation(None)
        english = make()
        use_translation(lambda context, text: catalogue.get(context, {}).get(text, text))
        return english, make()

    yield say
    use_translation(None)


def error_kinds() -> list[type[UserError]]:
    """Return every error of those floors; one that is given its whole sentence has no words of its own."""
    for floor in FLOORS:
        package = importlib.import_module(f"desktop_app.{floor}")
        for module in pkgutil.iter_modules(package.__path__):
            importlib.import_module(f"desktop_app.{floor}.{module.name}")
    found = sorted(_under(UserError), key=lambda kind: f"{kind.__module__}.{kind.__name__}")
    return [
        kind
        for kind in found
        if kind.__module__.split(".")[1] in FLOORS and "sentence" not in inspect.signature(kind).parameters
    ]


def _under(kind: type[UserError]) -> set[type[UserError]]:
    return {each for below in kind.__subclasses__() for each in (below, *_under(below))}


def made(kind: type[UserError]) -> UserError:
    parameters = inspect.signature(kind).parameters.items()
    return kind(**{name: PLAIN[each.annotation] for name, each in parameters})


def raised(action: Callable[[], object]) -> str:
    with pytest.raises(UserError) as caught:
        action()
    return str(caught.value)


@pytest.mark.parametrize("kind", error_kinds(), ids=lambda kind: kind.__name__)
def test_every_error_has_a_sentence_of_its_own_in_spanish(in_both: Say, kind: type[UserError]) -> None:
    english, spanish = in_both(lambda: str(made(kind)))
    assert english != spanish
    assert "{" not in english + spanish


def test_every_remark_of_those_floors_goes_through_translation() -> None:
    """A remark written down as a text would stay English."""
    plain = [
        f"{path.relative_to(ROOT)}:{call.lineno}"
        for floor in FLOORS
        for path in (ROOT / "desktop_app" / floor).rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "Issue"
        for said in (*call.args, *(word.value for word in call.keywords))
        if isinstance(said, ast.JoinedStr) or (isinstance(said, ast.Constant) and isinstance(said.value, str))
    ]
    assert plain == []


def fund(name: str, leaf: AssetClass) -> Fund:
    return Fund(name, name, AssetMix.single(leaf), ClassifiedBy.USER)


STOCKS, BONDS = fund("Stock Fund", AssetClass.US_LARGE), fund("Bond Fund", AssetClass.US_BOND)
ACCOUNT = Account("k", "Plan", (Holding(STOCKS, Decimal(6000)), Holding(BONDS, Decimal(4000))))
TARGET = TargetAllocation.of({AssetClass.US_LARGE: Decimal("0.6"), AssetClass.US_BOND: Decimal("0.4")})


def refusal(own: AccountRules, cash: Decimal) -> Callable[[], str]:
    """Return what makes a plan under rules it refuses, and gives the refusal."""
    flow = (("k", cash),) if cash else ()
    rules = PlanRules(today=TODAY, accounts=(("k", own),), cash_flow=flow)
    return lambda: raised(lambda: make_plan(Snapshot((ACCOUNT,)), TARGET, rules))


@pytest.mark.parametrize(
    ("own", "cash", "english", "spanish"),
    [
        (
            AccountRules(no_sell=("Stock Fund",), cap=(("Stock Fund", Decimal("0.5")),)),
            Decimal(0),
            (
                "Two rules contradict each other: “Stock Fund” in Plan may be at most 50 % of the account, "
                "but it may not be sold and it holds $6,000 already. Raise the cap or allow the sale."
            ),
            (
                "Dos reglas se contradicen: “Stock Fund” en Plan puede ser como máximo 50 % de la cuenta, "
                "pero no se puede vender y ya tiene $6,000. Suba el tope o permita la venta."
            ),
        ),
        (
            AccountRules(no_sell=("Stock Fund",)),
            Decimal(-5000),
            (
                "Two rules contradict each other: $5,000 is to be raised from Plan, but its rules allow only "
                "$4,000 to be sold (“Stock Fund”: it may not be sold). Raise less, or allow one of the "
                "locked funds to be sold."
            ),
            (
                "Dos reglas se contradicen: hay que sacar $5,000 de Plan, pero sus reglas solo permiten "
                "vender $4,000 (“Stock Fund”: no se puede vender). Saque menos, o permita vender uno de los "
                "fondos bloqueados."
            ),
        ),
        (
            AccountRules(blocked_until=(("Stock Fund", date(2027, 1, 31)), ("Bond Fund", date(2027, 1, 31)))),
            Decimal(500),
            (
                "Two rules contradict each other: $500 has to be placed in Plan (new money), but the funds "
                "that may be bought there can take only $0 (“Stock Fund”: it is blocked until 31 January "
                "2027). Allow another fund to be bought, add one to the menu, or raise a cap."
            ),
            (
                "Dos reglas se contradicen: hay que colocar $500 en Plan (dinero nuevo), pero los fondos que "
                "se pueden comprar allí solo pueden recibir $0 (“Stock Fund”: está bloqueado hasta el 31 de "
                "enero de 2027). Permita comprar otro fondo, agregue uno al menú o suba un tope."
            ),
        ),
        (
            AccountRules(no_sell=("Stok Fund",)),
            Decimal(0),
            (
                "The rule “no_sell” names “Stok Fund”, which Plan neither holds nor has on its menu. Did you "
                "mean “Stock Fund” or “Bond Fund”? Use the fund's name, symbol or CUSIP as the statement has "
                "it, or take the rule away."
            ),
            (
                "La regla “no vender” nombra “Stok Fund”, que Plan no tiene ni ofrece en su menú. ¿Quiso "
                "decir “Stock Fund” o “Bond Fund”? Use el nombre, símbolo o CUSIP del fondo como figura en "
                "el estado de cuenta, o quite la regla."
            ),
        ),
        (
            AccountRules(cap=(("Stock Fund", Decimal("0.5")),), max_exchanges=0),
            Decimal(0),
            (
                "Two rules contradict each other: Plan may make at most 0 exchanges, but “Stock Fund” in "
                "Plan is above its cap. Loosen one of the two."
            ),
            (
                "Dos reglas se contradicen: Plan puede hacer 0 traspasos como máximo, pero “Stock Fund” en "
                "Plan está por encima de su tope. Afloje una de las dos."
            ),
        ),
    ],
)
def test_rules_that_contradict_each_other(
    in_both: Say, own: AccountRules, cash: Decimal, english: str, spanish: str
) -> None:
    assert in_both(refusal(own, cash)) == (english, spanish)


def test_a_rule_that_is_named_in_an_error_has_a_name(catalogue: Catalogue) -> None:
    """Every kind of rule a refusal can name is called something in Spanish."""
    kinds = {kind for preset in rule_presets() for kind in (rule.kind for rule in preset.restrictions)}
    assert kinds <= set(RULE_NAMES) == set(catalogue["RuleNames"])


def test_a_damaged_file_says_in_spanish_what_is_wrong_and_what_was_done(in_both: Say, tmp_path: Path) -> None:
    sound = tmp_path / "sound.keel"
    save_document(Household(), sound)

    def damaged(name: str) -> Path:
        path = tmp_path / name
        data = bytearray(sound.read_bytes())
        data[-1] ^= 1
        path.write_bytes(data)
        return path

    english, spanish = in_both(lambda: raised(lambda: load_document(damaged("mine.keel"))))
    assert english.startswith("“mine.keel” is damaged (its checksum does not match). ")
    assert spanish.startswith("“mine.keel” está dañado (su suma de comprobación no coincide). ")

    def opened() -> str:
        found = open_document(damaged("other.keel"), TODAY)
        found.store.close()
        return found.message

    english, spanish = in_both(opened)
    assert english.endswith("There is no backup.")
    assert re.search(r"Ese archivo se conserva como “other damaged 2026-11-22( \d)?\.keel”\.", spanish)
    assert spanish.endswith("No hay ninguna copia de seguridad.")


def test_a_second_window_hears_in_spanish_who_has_the_file(in_both: Say, tmp_path: Path) -> None:
    path = tmp_path / "mine.keel"
    save_document(Household(), path)
    with DocumentStore(path) as first:
        first.open()
        english, spanish = in_both(lambda: raised(DocumentStore(path).open))
    assert re.search(r"in another Even Keel window \(process \d+ on .*\)\. ", english)
    assert re.search(r"en otra ventana de Even Keel \(proceso \d+ en .*\)\. ", spanish)


def test_the_language_that_was_chosen_tells_what_could_not_be_used(
    catalogue: Catalogue, tmp_path: Path
) -> None:
    """The preferences name the language, so that nothing may be said before they are read."""
    path = tmp_path / "preferences.json"
    path.write_text('{"language": "es", "paper": "A3"}', encoding="utf-8")

    def speak(chosen: Preferences) -> None:
        assert chosen.language == "es"
        use_translation(lambda context, text: catalogue.get(context, {}).get(text, text))

    try:
        _, (issue,) = load_preferences(path, speak)
    finally:
        use_translation(None)
    assert issue.severity is Severity.INFO
    assert issue.message == "La preferencia “Papel” no se pudo usar y se restableció."
    assert issue.fix == "Elíjala de nuevo en Configuración."


def test_what_the_system_says_is_spanish_too(in_both: Say, tmp_path: Path) -> None:
    english, spanish = in_both(lambda: raised(lambda: read_target_file(tmp_path / "none.json")))
    assert "cannot be opened (No such file or directory)" in english
    assert "no se puede abrir (no existe ese archivo o carpeta)" in spanish


def test_goals_days_and_typed_figures(in_both: Say) -> None:
    plan = {"balance": Decimal(1), "age": 50, "retire_at": 150, "plan_to": 90, "needs": Decimal(1)}
    english, spanish = in_both(lambda: raised(lambda: GoalPlan(**plan)))  # type: ignore[arg-type]
    assert english == "retire_at is 150. Give an age from 0 to 120."
    assert spanish == "La edad de jubilación es 150. Indique una edad de 0 a 120."
    _, spanish = in_both(lambda: raised(lambda: CheckSchedule(days=(YearDay(2, 30),))))
    assert spanish.endswith(": ningún año tiene un día 30 en el mes 2.")
    rows = [TypedRow("Stock Fund", units=Decimal(2), price=Decimal(3), value=Decimal(70))]

    def remark() -> str:
        [issue] = typed_preview(Household(), "Plan", "", TODAY, rows).statements[0].issues
        return f"{issue.message} {issue.fix}"

    assert in_both(remark) == (
        (
            "Holding 1: units × price is 6.00, but its value is 70.00. Check which figure is right. The "
            "value was used."
        ),
        (
            "Posición 1: unidades × precio da 6.00, pero su valor es 70.00. Compruebe qué cifra es correcta. "
            "Se usó el valor."
        ),
    )


def test_words_of_data_are_spanish_where_they_are_shown(in_both: Say) -> None:
    voya = next(preset for preset in rule_presets() if preset.key == "voya")
    name = names_of(())
    assert in_both(lambda: rule_words(voya.restrictions[0], name)) == (
        "Transfers may be ordered as often as desired, but only once a day.",
        "Las transferencias se pueden ordenar tantas veces como se quiera, pero solo una vez al día.",
    )
    assert in_both(lambda: likely_kinds("5 yr certificate of deposit")[0][0]) == ("cash", "efectivo")
    assert in_both(lambda: Household().name) == ("My household", "Mi hogar")
    assert in_both(lambda: sample_household(TODAY).name) == ("Sample household", "Hogar de ejemplo")
    assert in_both(lambda: statement_typed().source) == ("Typed by hand", "Escrito a mano")


def statement_typed() -> Statement:
    rows = [TypedRow("Stock Fund", value=Decimal(70))]
    return typed_preview(Household(), "Plan", "", TODAY, rows).statements[0]


def test_a_document_does_not_keep_the_language_of_what_was_typed(in_both: Say) -> None:
    """It may be opened in another language later."""
    assert in_both(lambda: statement_typed().file) == (TYPED, TYPED)
