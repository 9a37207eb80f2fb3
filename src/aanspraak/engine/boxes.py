"""The text of a cell, read and written: `>= 18`, `1..20`, `[mpt, pgb]`, `{niet: geen}`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from itertools import groupby

from aanspraak.engine.model import Box, Concept, Range, subtract

_COMPARE = re.compile(r"(>=|<=|>|<)\s*(\S+)")
_BETWEEN = re.compile(r"(\S+?)\s*\.\.\s*(\S+)")
_NUMBERED = re.compile(r"(\D+ )\d+\w?")
_LONG = 160
"""Characters of labels in one sentence, beyond which the others are counted."""


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


def box_words(box: Box, concept: Concept, *, labels: bool = False, whole: bool = False) -> str:
    """The box in Dutch: «mpt of pgb», «18 of meer», «alles behalve geen»; with the short names of values instead of
    their ids for who does not read rule files, and then every one of them or as many as are read in one sentence."""
    if isinstance(box, frozenset):
        but, words = named(box, concept, labels=labels, whole=whole)
        return f"alles behalve {words}" if but else words
    return _or([_range_words(r, concept) for r in box])


@lru_cache(maxsize=4096)
def named(box: frozenset[str], concept: Concept, *, labels: bool = False, whole: bool = False) -> tuple[bool, str]:
    """The values of a box in words; or, where these are fewer, those that are not in it (True).
    Kept: an answer says it of every rule that does not decide."""
    inside = [v for v in concept.waarden if v in box]
    outside = [v for v in concept.waarden if v not in box]
    but = 0 < len(outside) < len(inside) and len(inside) > 2
    values = outside if but else inside
    return but, _labels_words(values, concept, whole=whole) if labels else _or(values)


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


def _labels_words(values: Sequence[str], concept: Concept, *, whole: bool) -> str:
    """Values by their short names, the whole list or as many as are read in one sentence; the others are counted."""
    groups = list(_grouped(values, concept))
    shown = groups
    while not whole and len(shown) > 1 and sum(len(words) for words, _ in shown) > _LONG:
        shown = shown[:-1]
    rest = sum(count for _, count in groups[len(shown) :])
    words = [words for words, _ in (groups if rest == 1 else shown)]
    return _or([*words, f"een van {rest} andere"] if rest > 1 else words)


def _grouped(values: Sequence[str], concept: Concept) -> Iterator[tuple[str, int]]:
    """The values in words, three or more numbered ones in a row as one («VV 4 t/m VV 10»), with how many they are."""
    names = short_names(concept)
    order = list(concept.waarden)
    places = [(value, order.index(value) - i, _NUMBERED.fullmatch(names[value])) for i, value in enumerate(values)]
    for _, group in groupby(places, lambda p: (p[1], p[2][1]) if p[2] else p[0]):
        row = [names[value] if number else f"«{names[value]}»" for value, _, number in group]
        yield from [(f"{row[0]} t/m {row[-1]}", len(row))] if len(row) > 2 else [(words, 1) for words in row]


@lru_cache(maxsize=1024)
def short_names(concept: Concept) -> dict[str, str]:
    """What a value is called in a list: what stands before the colon in its label, where no other value has that."""
    short = {value: label.partition(": ")[0] for value, label in concept.waarden.items()}
    times = Counter(short.values())
    return {value: name if times[name] == 1 else concept.waarden[value] for value, name in short.items()}


def _or(words: Sequence[str]) -> str:
    return " of ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else words[0]
