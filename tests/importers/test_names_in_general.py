"""What holds for fund names at large: which words win, what changes no class, and what is left open."""

from __future__ import annotations

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.domain.classes import AssetClass
from desktop_app.domain.funds import ClassifiedBy
from desktop_app.importers import best_guesses, classify
from desktop_app.importers.knowledge import mix_of_kind
from desktop_app.importers.name_rules import book
from desktop_app.importers.names import kind_of_name, read_words
from tests.effort import tries

KINDS = {
    "Kestrel World ex-US Index": "intl_total",
    "Kestrel World Developed ex-US Index": "intl_developed",
    "Kestrel Global ex US Small Cap": "intl_total",
    "Kestrel World Stock Index": "global_stock",
    "Kestrel All Country World ex-U.S. Growth": "intl_total",
    # the words of a bond win over those of a place or a size
    "Kestrel World Bond": "intl_bond",
    "Kestrel Non-US Bond Index": "intl_bond",
    "Kestrel Overseas Debt": "intl_bond",
    "Kestrel Emerging Markets Debt Plus": "intl_bond",
    "Kestrel Infrastructure Bond": "us_bond",
    "Kestrel Inflation-Linked Treasury": "tips",
    "Kestrel Short Duration High Yield": "high_yield",
    "Kestrel Ltd Duration Credit": "us_bond_short",
    "Kestrel Ltd Mat Bd": "us_bond_short",
    "MM Kestrel High Yield": "high_yield",
    "Kestrel Mtg-Backed Sec": "us_bond",
    # equity words win over “income”
    "Kestrel Equity Income": "us_large",
    "Kestrel International Equity Income": "intl_developed",
    # property wins over a place, a line of business over a place
    "Kestrel Global Real Estate Securities": "reit",
    "Kestrel International Real Estate": "reit",
    "Kestrel Global Technology": "us_sector",
    "Kestrel Regional Bank": "us_sector",
    # a size wins over a style, a place over a size
    "Kestrel Sm Cap Gr II": "us_small",
    "KESTREL SMCAPGR": "us_small",
    "KESTREL LCV": "us_large",
    "KESTREL MCG II": "us_mid",
    "Kestrel International Small Cap Growth": "intl_developed",
    "Kestrel Wilshire 4500": "us_mid",
    "KESTREL TSM IDX": "us_total",
    # ways of saying how much is stock
    "Kestrel 60/40 Portfolio": "mix:60",
    "Kestrel 80/20 Model": "mix:80",
    "Kestrel 20/80 Allocation": "mix:20",
    "Kestrel Conservative Model": "balanced_conservative",
    "MOD AGGR": "balanced_growth",
    "Kestrel Equity & Bond": "balanced",
    "Kestrel US Treas Int Idx": "us_bond",
    "Kestrel Int Idx": "intl_developed",
    "Kestrel Core Fixed Income Option": "us_bond",
    # money that keeps its value
    "GUAR INT ACCT": "stable_value",
    "KESTREL GIA 3": "stable_value",
    "KESTREL STBLE VAL": "stable_value",
}


@pytest.mark.parametrize(("name", "kind"), KINDS.items())
def test_the_words_that_matter_win(name: str, kind: str) -> None:
    assert kind_of_name(name) == kind


COMPANIES = [
    "International Flavors Stock Fund",
    "Global Widgets Inc. Stock Fund",
    "Mid-Ohio Foundry Stock Fund",
    "Lincoln National Corp Stock",
    "United Health Stock Fund",
    "Texas Instruments Common Stock Fund",
    "Dominion Energy Stock",
    "American Water Stk Fd",
    "First Solar Stock Fund",
    "Emerson Electric Co Com Stk",
]
FUNDS_OF_STOCKS = {
    "International Stock Fund": "intl_developed",
    "Global Stock Fund": "global_stock",
    "Small Company Stock Fund": "us_small",
    "Large Company Stock Fund": "us_large",
    "Health Care Stock Fund": "us_sector",
    "Emerging Markets Stock Fund": "emerging",
    "Homestead Small-Company Stock": "us_small",
    "European Stock Fund": "intl_developed",
}


@pytest.mark.parametrize("name", COMPANIES)
def test_a_companys_stock_is_no_fund_of_its_trade_or_place(name: str) -> None:
    fund = classify(None, None, name)
    assert fund.mix.main is AssetClass.COMPANY_STOCK


@pytest.mark.parametrize(("name", "kind"), FUNDS_OF_STOCKS.items())
def test_a_fund_of_stocks_is_no_companys(name: str, kind: str) -> None:
    assert kind_of_name(name) == kind


CUT_OFF = {
    "Kestrel Total International Bon": "intl_bond",
    "Kestrel Short Term Corporate Bo": "us_bond_short",
    "Kestrel Smart Retirement Inco": "target_date:income",
    "Kestrel Institutional Retirement Balan": "balanced",
    "Kestrel Emerging Markets Sto": "emerging",
    "Kestrel Large Company Growth Equi": "us_large",
}


@pytest.mark.parametrize(("name", "kind"), CUT_OFF.items())
def test_a_name_cut_off_in_its_last_word_is_still_read(name: str, kind: str) -> None:
    assert kind_of_name(name) == kind


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("T. Rowe Price Science & Technology", "TRP SCI & TECH"),
        ("American Funds Capital Income Builder", "AF CIB R6"),
        ("American Funds Fundamental Investors", "AF FDMTL INVS R6"),
        ("Janus Henderson Enterprise", "JANUS HEND ENTRPRSE T"),
        ("Fidelity Select Health Care", "FID SEL HLTH CARE"),
        ("JPMorgan Market Expansion Enhanced Index", "JPM MKT EXPANSION ENH IDX"),
        ("Goldman Sachs Financial Square Treasury Obligations", "GS FIN SQ TREAS OBLIGS"),
        ("BlackRock LifePath Dynamic Retirement", "BTC LP DYN RET"),
        ("Lord Abbett Developing Growth", "LORD ABBETT DEVEL GROWTH"),
        ("Invesco Oppenheimer Developing Markets", "INVESCO OPPEN DEV MKTS"),
        ("William Blair Growth", "WM BLAIR GR"),
        ("Washington Mutual Investors", "AF WASH MUT"),
    ],
)
def test_a_shortened_name_gives_what_the_whole_one_gives(one: str, other: str) -> None:
    assert kind_of_name(one) is not None
    assert kind_of_name(one) == kind_of_name(other)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Invesco Main Street", "us_large"),
        ("Invesco Main Street Mid Cap", "us_mid"),
        ("Columbia Acorn", "us_mid"),
        ("Columbia Acorn International", "intl_developed"),
        ("T. Rowe Price Spectrum International", "intl_total"),
        ("T. Rowe Price Spectrum Income", "us_bond"),
        ("Franklin Mutual Shares", "us_large"),
        ("Franklin Mutual Beacon", "global_stock"),
        ("American Century Capital Preservation", "money_market"),
        ("Kestrel Capital Preservation", "stable_value"),
        ("MassMutual Select Retirement 2040", "target_date:2040"),
        ("Vanguard Explorer", "us_small"),
        ("Vanguard International Explorer", "intl_developed"),
    ],
)
def test_a_houses_own_words_mean_what_they_mean_there(name: str, kind: str) -> None:
    assert kind_of_name(name) == kind


@pytest.mark.parametrize(
    "name",
    ["Income Fund", "Income", "Aggressive Growth Fund", "Emerging Growth Fund", "Global", "Discovery Fund"],
)
def test_a_name_that_may_be_several_things_is_asked_about(name: str) -> None:
    assert classify(None, None, name).classified_by is ClassifiedBy.UNKNOWN
    assert len(best_guesses(name)) == 2


NAMES = sorted([*KINDS, *FUNDS_OF_STOCKS])
CLASSES_OF_SHARES = ["R6", "K", "Inst", "Adm", "CL A", "Tr", "NL", "(0.05%)", "Z", "I3"]


@given(st.sampled_from(NAMES), st.sampled_from(CLASSES_OF_SHARES))
@settings(deadline=None, max_examples=tries(100))
def test_the_class_of_its_shares_does_not_change_what_a_fund_holds(name: str, share: str) -> None:
    assert kind_of_name(f"{name} {share}") == kind_of_name(name)


@given(st.sampled_from(NAMES))
@settings(deadline=None)
def test_hyphens_spaces_and_capitals_do_not_matter(name: str) -> None:
    assert kind_of_name(name.replace("-", " ")) == kind_of_name(name)
    assert kind_of_name(name.upper().replace(" ", "  ")) == kind_of_name(name)


@given(st.text(alphabet=string.ascii_letters + string.digits + " &-/.'%", max_size=60))
@settings(deadline=None, max_examples=tries(80))
def test_any_text_gets_a_mix_and_two_guesses(name: str) -> None:
    fund = classify(None, None, name)
    assert sum(share for _, share in fund.mix.parts) == 1
    (_, first), (_, second) = best_guesses(name)
    assert first != second


@pytest.mark.parametrize(
    ("name", "right"),
    [
        ("Kestrel Small Cap Long/Short", "a US small-company fund"),
        ("Kestrel International Absolute Return", "an international stock fund"),
        ("Kestrel High Yield Absolute Return", "a high-yield bond fund"),
        ("Kestrel Technology Long/Short", "a fund of one line of business"),
        ("Kestrel Emerging Markets Long-Short", "an emerging-markets stock fund"),
        ("Kestrel Floating Rate Bond", "a high-yield bond fund"),
        ("Kestrel Real Estate Hedge Fund", "a real estate fund"),
    ],
)
def test_a_fund_with_a_twist_is_guessed_from_the_rest_of_its_name(name: str, right: str) -> None:
    assert classify(None, None, name).classified_by is ClassifiedBy.UNKNOWN
    assert right in [words for words, _ in best_guesses(name)]


def test_every_line_of_the_houses_can_be_met() -> None:
    """A word that reading changes would never be found; a class must be one that a fund can have."""
    for house, kind, words in book("families")["families"]:
        if kind != "unknown":
            assert mix_of_kind(kind, "", 2030).parts
        for part in [*house.split("|"), *words.split("|")]:
            said = read_words(f"qqq {part} zzz")
            assert (
                f" {part} " in f"{said.text}|{said.plain}".replace("qqq", " ").replace("zzz", " ") or not part
            )


@pytest.mark.parametrize(
    ("name", "stocks"),
    [("Kestrel 80/20 Model", "0.8"), ("Kestrel 60/40 Mix", "0.6"), ("Kestrel Conservative Model", "0.4")],
)
def test_a_stated_mix_has_about_the_stocks_it_says(name: str, stocks: str) -> None:
    fund = classify(None, None, name)
    assert str(fund.mix.share(AssetClass.STOCKS).normalize()) == stocks
    assert fund.estimated
    assert fund.note.startswith("Estimate")
