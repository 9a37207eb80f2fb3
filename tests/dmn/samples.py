"""Random complete cases that can exist, and what the engine says of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np

from aanspraak.engine.answer import decide
from aanspraak.engine.axes import Axis
from aanspraak.engine.cells import IMPOSSIBLE, Table, compile_decision
from aanspraak.engine.checklist import Checklist, compile_any
from aanspraak.engine.collect import collect
from aanspraak.engine.graph import decisions_under
from aanspraak.engine.model import PEILDATUM, Decision, RuleBase
from tests.dmn.readers import Case, Results


def table_of(base: RuleBase, name: str) -> Table:
    """The compiled decision, or of a checklist one of its checks: that has the same inputs and the same domain."""
    compiled = compile_any(base, name)
    return compiled.checks[0] if isinstance(compiled, Checklist) else compiled


def periods(table: Table) -> Iterator[tuple[int, int]]:
    """The spans of days in which the rules of a decision do not change."""
    axis = table.axes[0]
    return (span for s in range(axis.width) for span in axis.box([s]) if _within(span, table.decision))


def _within(span: tuple[int, int], decision: Decision) -> bool:
    return decision.geldig[0] <= span[0] <= span[1] <= decision.geldig[1]


def random_case(table: Table, day: date, rng: np.random.Generator) -> Case:
    """A walk down the diagram that keeps out of what cannot exist; inputs it does not pass are free. Raises ValueError
    where nothing can exist on the day."""
    diagrams, impossible = table.diagrams, table.diagrams.leaf(IMPOSSIBLE)
    case = {}
    ref = diagrams.fix(table.root, {0: table.axes[0].segment(day)})
    if ref == impossible:
        raise ValueError("op deze dag kan niets bestaan")
    for level, axis in enumerate(table.axes[1:], 1):
        segments = [*range(axis.width)]
        if diagrams.level(ref) == level:
            children = diagrams.children[ref]
            segment = rng.choice([s for s in segments if children[s] != impossible])
            ref = children[segment]
        else:
            segment = rng.choice(segments)
        case[axis.name] = _value(axis, int(segment), rng)
    return case


def _value(axis: Axis, segment: int, rng: np.random.Generator) -> str | int | date:
    """A value of the segment; of numbers and days often the first or the last, where faults are."""
    if axis.values:
        return axis.values[segment]
    ((low, high),) = axis.box([segment])
    number = int(rng.choice([low, high, rng.integers(low, high, endpoint=True)]))
    return date.fromordinal(number) if axis.concept.soort == "datum" else number


def engine_answer(base: RuleBase, name: str, case: Case, day: date, among: Results) -> Results:
    """The rule and outcome of each of the decisions `among`, as this engine decides them; of a checklist every rule
    that matches with its consequence."""
    found: Results = {}
    for decision in decisions_under(base, base.decision(name)):
        if decision.verzamel:
            rules = collect(base, decision.id, case, day).treft
            found[decision.id] = [{"regel": rule.id, "gevolg": str(rule.gevolg)} for rule in rules]
        elif decision.id in among:
            (rule,) = decide(compile_decision(base, decision.id), {**case, PEILDATUM: day})
            found[decision.id] = {"regel": rule.id, **rule.dan}
    return found
