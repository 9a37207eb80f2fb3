"""Parts of a rule as people read them, on the pages and in the docs: days in full, values by their labels."""

from __future__ import annotations

from datetime import date

from aanspraak.engine.boxes import box_words
from aanspraak.engine.model import FIRST_DAY, LAST_DAY, Box, Limit, Range, RuleBase

_MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip


def day(at: int | date) -> str:
    """A day in full: «1 januari 2021»."""
    at = at if isinstance(at, date) else date.fromordinal(at)
    return f"{at.day} {_MONTHS[at.month - 1]} {at.year}"


def period(valid: Range) -> str:
    """A validity: «vanaf 1 januari 2021», «1 januari 2015 tot en met 31 december 2020»."""
    first, last = valid
    if valid == (FIRST_DAY, LAST_DAY):
        return "altijd"
    if last == LAST_DAY:
        return f"vanaf {day(first)}"
    return f"tot en met {day(last)}" if first == FIRST_DAY else f"{day(first)} tot en met {day(last)}"


def rule_title(rule_id: str) -> str:
    """A heading from a rule's id: «H330 mpt»."""
    words = rule_id.replace("-", " ")
    return words[:1].upper() + words[1:]


def condition(base: RuleBase, name: str, box: Box) -> str:
    """What a cell asks: its one value in full, or every one by its short name."""
    concept = base.concept(name)
    if isinstance(box, frozenset) and len(box) == 1:
        return concept.waarden[next(iter(box))]
    return box_words(box, concept, labels=True, whole=True)


def limit(grens: Limit) -> str:
    """How much is insured, or comes first for the client's own account."""
    per = f" per {grens.per}" if grens.per else ""
    if grens.maximum is not None:
        return f"Ten hoogste {grens.maximum} {grens.eenheid}{per}."
    return f"De eerste {grens.eerste_niet} {grens.eenheid}{per} zijn voor eigen rekening."
