"""The decision as an analyst writes it in SQL: a CASE a decision, a line a rule, exceptions first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from aanspraak.engine.model import Box, Concept, RuleBase
from cases import Step


def case_query(base: RuleBase, steps: list[Step], relation: str) -> str:
    """One row a case with the rule id in `regel`; every input must be known."""
    used = {name for step in steps for _, conditions in step.rules for name in conditions}
    *under, top = steps
    query = "WITH " if under else ""
    for number, step in enumerate(under):
        fields = ", ".join(_case(base, step, field) for field in step.decision.uitkomst if field in used)
        query += f"stap{number} AS (SELECT *, {fields} FROM {relation}), "  # noqa: S608
        relation = f"stap{number}"
    return f"{query.removesuffix(', ')} SELECT {_case(base, top, 'regel')} FROM {relation}"  # noqa: S608


def _case(base: RuleBase, step: Step, field: str) -> str:
    lines = " ".join(
        f"WHEN {' AND '.join(_conditions(base, conditions)) or 'TRUE'} THEN {_text(rule.dan.get(field, rule.id))}"
        for rule, conditions in step.rules
    )
    return f"CASE {lines} END AS {field}"


def _conditions(base: RuleBase, conditions: dict[str, Box]) -> Iterator[str]:
    return (_condition(base.concept(name), box) for name, box in conditions.items())


def _condition(concept: Concept, box: Box) -> str:
    if isinstance(box, frozenset):
        rest = concept.waarden.keys() - box
        return _among(concept.id, box) if len(box) <= len(rest) else f"NOT {_among(concept.id, rest)}"
    return f"({' OR '.join(_between(concept, low, high) for low, high in box)})"


def _among(name: str, values: Iterable[str]) -> str:
    listed = [_text(value) for value in values]
    return f"({name} = {listed[0]})" if len(listed) == 1 else f"({name} IN ({', '.join(listed)}))"


def _between(concept: Concept, low: int, high: int) -> str:
    if low == high:
        return f"{concept.id} = {_number(concept, low)}"
    bounds = [f"{concept.id} >= {_number(concept, low)}"] if low > concept.van else []
    bounds += [f"{concept.id} <= {_number(concept, high)}"] if high < concept.tot else []
    return " AND ".join(bounds) or "TRUE"


def _number(concept: Concept, number: int) -> str:
    return f"DATE '{date.fromordinal(number)}'" if concept.soort == "datum" else str(number)


def _text(value: str) -> str:
    return f"'{value}'"
