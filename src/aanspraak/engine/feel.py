"""Cells as FEEL, the expression language of DMN."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date

from aanspraak.engine.model import Box, Concept, Range

FEEL_TYPE = {"keuze": "string", "ja_nee": "string", "getal": "number", "datum": "date"}
"""The type of a concept's values, by its kind."""


def unary_tests(box: Box, concept: Concept) -> list[str]:
    """A cell as FEEL unary tests, any of which admits; «-» where it admits everything.

    Values together are one test, but every interval is one of its own, for a row of its own: pyDMNrules
    misreads a list with an interval in it.
    """
    if box == concept.domain:
        return ["-"]
    if isinstance(box, frozenset):
        values = [v for v in concept.waarden if v in box]
        rest = [v for v in concept.waarden if v not in box]
        return [strings(values) if len(values) <= len(rest) else f"not({strings(rest)})"]
    return [_range_test(limits, concept) for limits in box]


def allowed(concept: Concept) -> str:
    """All values of a concept, as FEEL unary tests."""
    if concept.discrete:
        return strings(concept.waarden)
    return f"[{_literal(concept.van, concept)}..{_literal(concept.tot, concept)}]"


def _range_test(limits: Range, concept: Concept) -> str:
    low, high = (_literal(number, concept) for number in limits)
    if limits[0] == limits[1]:
        return low
    if limits[1] == concept.tot:
        return f">= {low}"
    return f"<= {high}" if limits[0] == concept.van else f"[{low}..{high}]"


def _literal(number: int, concept: Concept) -> str:
    return f'date("{date.fromordinal(number).isoformat()}")' if concept.soort == "datum" else str(number)


def strings(values: Iterable[str]) -> str:
    """Values as FEEL strings."""
    return ", ".join(json.dumps(value, ensure_ascii=False) for value in values)
