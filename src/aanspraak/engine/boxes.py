"""The text of a cell, read and written: `>= 18`, `1..20`, `[mpt, pgb]`, `{niet: geen}`."""

from __future__ import annotations

import re
from datetime import date

from aanspraak.engine.model import Box, Concept, Range, subtract

_COMPARE = re.compile(r"(>=|<=|>|<)\s*(\S+)")
_MANY = 4
"""Labels in one sentence, at most."""

_BETWEEN = re.compile(r"(\S+?)\s*\.\.\s*(\S+)")


def parse_box(raw: object, concept: Concept) -> Box:
    """The box that a cell of a rule file admits. Raises ValueError with the fault and its remedy."""
    if isinstance(raw, dict):
        if set(raw) != {"niet"}:
            raise ValueError("een cel is een waarde, een lijst, een interval of {niet: …}")
        return _nonempty(subtract(concept.domain, parse_box(raw["niet"], concept)))
    parts = raw if isinstance(raw, list) else [raw]
    if concept.discrete:
        unknown = [str(v) for v in parts if str(v) not in concept.waarden]
        if unknown:
            raise ValueError(f"onbekende waarde {', '.join(unknown)}; kies uit {', '.join(concept.waarden)}")
        return _nonempty(frozenset(str(v) for v in parts))
    return _nonempty(tuple(sorted(_parse_range(part, concept) for part in parts)))


def parse_value(raw: object, concept: Concept) -> str | int | date:
    """A fact as the user gives it: a value's id, a whole number, a date. Raises ValueError with the remedy."""
    if concept.discrete:
        if str(raw) not in concept.waarden:
            raise ValueError(f"«{raw}» is geen waarde van {concept.id}; kies uit {', '.join(concept.waarden)}")
        return str(raw)
    number = _parse_number(raw, concept)
    if not concept.van <= number <= concept.tot:
        raise ValueError(f"«{raw}» ligt buiten {_number(concept.van, concept)} … {_number(concept.tot, concept)}")
    return date.fromordinal(number) if concept.soort == "datum" else number


def box_words(box: Box, concept: Concept, *, labels: bool = False) -> str:
    """The box in Dutch: «mpt of pgb», «18 of meer», «alles behalve geen»; with the labels of values instead of
    their ids for who does not read rule files."""
    if isinstance(box, frozenset):
        words = {v: f"«{label}»" if labels else v for v, label in concept.waarden.items()}
        names = [words[v] for v in words if v in box]
        rest = [words[v] for v in words if v not in box]
        if 0 < len(rest) < len(names) and len(names) > 2:
            return "alles behalve " + _or(rest)
        if labels and len(names) > _MANY:
            return _or([*names[: _MANY - 1], f"een van {len(names) - _MANY + 1} andere"])
        return _or(names)
    return _or([_range_words(r, concept) for r in box])


def value_words(value: str | int | date, concept: Concept) -> str:
    """One value in Dutch: its label, «18 jaar», «1-7-2025»."""
    if concept.discrete:
        return concept.waarden[str(value)]
    return _number(value.toordinal() if isinstance(value, date) else int(value), concept, unit=True)


def _nonempty(box: Box) -> Box:
    if not box:
        raise ValueError("deze cel laat geen enkele waarde toe; maak haar ruimer")
    return box


def _parse_range(raw: object, concept: Concept) -> Range:
    text = str(raw).strip()
    low, high = concept.van, concept.tot
    if match := _COMPARE.fullmatch(text):
        sign, number = match[1], _parse_number(match[2], concept)
        if sign[0] == ">":
            low = number + (sign == ">")
        else:
            high = number - (sign == "<")
    elif match := _BETWEEN.fullmatch(text):
        low, high = _parse_number(match[1], concept), _parse_number(match[2], concept)
    else:
        low = high = _parse_number(raw, concept)
    if not concept.van <= low <= high <= concept.tot:
        within = f"{_number(concept.van, concept)} … {_number(concept.tot, concept)}"
        raise ValueError(f"interval «{text}» is leeg of valt buiten {within}")
    return low, high


def _parse_number(raw: object, concept: Concept) -> int:
    try:
        if concept.soort != "datum":
            return int(str(raw))
        if isinstance(raw, date):
            return raw.toordinal()
        text = str(raw)
        dutch = re.fullmatch(r"(\d{1,2})-(\d{1,2})-(\d{4})", text)
        day = date(int(dutch[3]), int(dutch[2]), int(dutch[1])) if dutch else date.fromisoformat(text)
        return day.toordinal()
    except ValueError:
        form = "een datum als jjjj-mm-dd" if concept.soort == "datum" else "een heel getal"
        raise ValueError(f"«{raw}» is geen {form.removeprefix('een ')}; geef {form}") from None


def _number(number: int, concept: Concept, *, unit: bool = False) -> str:
    if concept.soort == "datum":
        day = date.fromordinal(number)
        return f"{day.day}-{day.month}-{day.year}"
    return f"{number} {concept.eenheid}".strip() if unit else str(number)


def _range_words(limits: Range, concept: Concept) -> str:
    low, high = (_number(n, concept) for n in limits)
    dated = concept.soort == "datum"
    if limits[0] == limits[1]:
        return low
    if limits[1] == concept.tot:
        return f"vanaf {low}" if dated else f"{low} of meer"
    if limits[0] == concept.van:
        return f"tot en met {high}" if dated else f"{high} of minder"
    return f"van {low} tot en met {high}"


def _or(words: list[str]) -> str:
    return " of ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else words[0]
