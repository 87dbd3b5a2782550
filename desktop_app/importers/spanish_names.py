"""Names of funds in Spanish, word by word in English, so that the rules for names read them too."""

from __future__ import annotations

import re

from .patterns import late_regex
from .spelling import folded

_IS_SPANISH = late_regex(
    r"\b(?:fondos?|bonos|acciones|renta (?:fija|variable)|efectivo|mercados? (?:monetarios?"
    r"|de dinero|emergentes|desarrollados)|indice|capitalizacion|bienes raices|inmobiliari[oa]s?"
    r"|inflacion|valor estable|deuda|internacionales|interes garantizado|jubilacion"
    r"|materias primas|liquidez)\b"
)
_PHRASES = (
    (r"acciones (?:comunes )?(?:de la (?:compania|empresa)|del patrono)", "company stock"),
    (r"protegid[oa]s? (?:contra|de|ante) (?:la )?inflacion|(?:vinculad|ligad)[oa]s? a la inflacion",
     "inflation protected"),
    (r"valor(?:es)? estables?", "stable value"),
    (r"mercados? (?:monetarios?|de dinero)", "money market"),
    (r"(?:de )?(?:mercados? )?emergentes?", "emerging markets"),
    (r"mercados? desarrollados?", "developed markets"),
    (r"mercado total|total del mercado|todo el mercado|bolsa total", "total stock market"),
    (r"interes garantizado", "guaranteed interest"),
    (r"(?:cuenta|interes|tasa) fij[oa]", "fixed account"),
    (r"renta fija|deuda", "bond"),
    (r"renta variable", "equity"),
    (r"bienes raices|inmobiliari[oa]s?", "real estate"),
    (r"materias primas", "commodities"),
    (r"(?:pequena|baja) capitalizacion|empresas pequenas", "small cap"),
    (r"(?:mediana|media) capitalizacion|empresas medianas", "mid cap"),
    (r"(?:gran|grande|alta) capitalizacion|(?:grandes empresas|empresas grandes)", "large cap"),
    (r"corto plazo", "short term"),
    (r"(?:mediano|medio) plazo", "intermediate term"),
    (r"largo plazo", "long term"),
    (r"alto rendimiento", "high yield"),
    (r"fecha (?:objetivo|meta)", "target date"),
    (r"ee\.? ?uu\.?|estados unidos|estadounidenses?|americanas?|norteamericanas?", "us"),
    (r"(?:bonos? )?del tesoro", "treasury bond"),
    (r"efectivo(?: y equivalentes?(?: de efectivo)?)?|liquidez", "cash"),
)  # fmt: skip
_WORDS = {
    "fondo": "fund", "fondos": "fund", "bono": "bond", "bonos": "bond", "acciones": "stock",
    "accionario": "stock", "bolsa": "stock", "indice": "index", "indexado": "index", "crecimiento": "growth",
    "valor": "value", "balanceado": "balanced", "balanceada": "balanced", "equilibrado": "balanced",
    "mixto": "balanced", "internacional": "international", "internacionales": "international",
    "mundial": "world", "mundiales": "world", "globales": "global", "extranjero": "foreign",
    "extranjeras": "foreign", "retiro": "retirement", "jubilacion": "retirement", "municipales": "municipal",
    "corporativos": "corporate", "gobierno": "government", "gubernamental": "government",
    "gubernamentales": "government", "agregado": "aggregate", "agregados": "aggregate", "totales": "total",
    "moderado": "moderate", "moderada": "moderate", "conservador": "conservative",
    "conservadora": "conservative", "agresivo": "aggressive", "agresiva": "aggressive", "ingresos": "income",
    "ingreso": "income", "inflacion": "inflation", "dividendos": "dividend", "equivalentes": "equivalents",
    "cuenta": "account", "fiduciario": "trust", "compania": "company",
}  # fmt: skip
_BETWEEN = frozenset(
    {"de", "del", "la", "el", "los", "las", "en", "y", "con", "a", "al", "para", "su", "sus"}
)
_SPOKEN = late_regex("|".join(f"(?P<p{k}>{words})" for k, (words, _) in enumerate(_PHRASES)))
_TOKEN = late_regex(r"[^\s]+")


def in_english_words(name: str) -> str:
    """Return a Spanish name of a fund in English words, as they come; any other name as it is."""
    plain = folded(name.lower())
    if _IS_SPANISH.search(plain) is None:
        return name
    told = _SPOKEN.sub(_phrase, f" {plain} ")
    return " ".join(filter(None, map(_word, _TOKEN.findall(told))))


def _phrase(found: re.Match[str]) -> str:
    before, after = found.string[found.start() - 1], found.string[found.end() : found.end() + 1]
    if before.isalnum() or after.isalnum():
        return found[0]
    return _PHRASES[int((found.lastgroup or "p0")[1:])][1]


def _word(token: str) -> str:
    bare = token.strip("().,;:")
    return "" if bare in _BETWEEN else _WORDS.get(bare, token)
