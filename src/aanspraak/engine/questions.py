"""Which inputs can still change the answer, and how.

Exact: an input is asked when, and only when, two situations that can exist, agree with all that is known, and
differ in that input alone lead to different decisions. Where inputs imply each other (impossible combinations) no
situation may differ in one alone; then the first of them that narrows the decision is asked as well, before the one
that implies it: «is there an indication?» before «in which form?», so that who knows the easy one can answer it.
A number that follows from dates is asked by its dates (see `derived`).
The order is that of `graph.inputs_of`: as the rules mention the inputs. Of a checklist the inputs are asked that can
still change which of its rules match.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from aanspraak.engine.axes import Axis
from aanspraak.engine.cells import IMPOSSIBLE, Facts, Table
from aanspraak.engine.checklist import Checklist
from aanspraak.engine.derived import asked_for, date_cuts, derive
from aanspraak.engine.diagram import Diagrams, Ref
from aanspraak.engine.model import Box, CaseError

_CLASH = "verschillend"


@dataclass(frozen=True, slots=True)
class Effect:
    """What an answer to a question leaves open: the rules that can still decide for values in `als`."""

    als: Box
    regels: frozenset[str]


def open_questions(table: Table | Checklist, facts: Facts) -> list[str]:
    """The inputs that can still change the decision, in order; empty when it is decided. `facts` has peildatum.

    Raises CaseError for values that cannot be.
    """
    known = derive(table.base, table.decision.id, facts)
    levels = {level for check in _checks(table) for level in _open_levels(check, known)}
    return asked_for(table.base, (table.axes[level].name for level in sorted(levels)), known)


def _checks(table: Table | Checklist) -> tuple[Table, ...]:
    return table.checks if isinstance(table, Checklist) else (table,)


def _open_levels(table: Table, facts: Facts) -> list[int]:
    diagrams = table.diagrams
    verdicts = diagrams.map(lambda v: v if v == IMPOSSIBLE else table.verdicts[v], table.root)
    left = start = diagrams.fix(verdicts, table.segments(facts))
    asked: list[int] = []
    for level in sorted(diagrams.depends_on(start), reverse=True):
        if _matters(diagrams, left, level) or (asked and _narrows(diagrams, start, level)):
            asked.append(level)
        else:
            left = diagrams.drop(_same, left, level)
    return asked


def _matters(diagrams: Diagrams, ref: Ref, level: int) -> bool:
    """Whether two possible situations that differ in this input alone differ in the decision."""
    shaky = diagrams.reaching(ref, IMPOSSIBLE)
    for node in diagrams.reach(ref):
        if diagrams.level(node) == level and len(set(diagrams.children[node]) - shaky) > 1:
            return True  # two different functions that are possible everywhere differ somewhere
    return _CLASH in diagrams.values(diagrams.drop(_same, ref, level))


def _narrows(diagrams: Diagrams, ref: Ref, level: int) -> bool:
    """Whether the values of an input leave different decisions possible."""
    left = (diagrams.values(diagrams.fix(ref, {level: s})) - {IMPOSSIBLE} for s in range(diagrams.widths[level]))
    return len({frozenset(verdicts) for verdicts in left if verdicts}) > 1


def effects(table: Table | Checklist, facts: Facts, name: str) -> Iterator[Effect]:
    """For every distinct answer to the question `name`: which rules can still decide, or of a checklist match.
    Impossible answers are left out."""
    axis, checks = _axis_of(table, facts, name), _checks(table)
    groups: dict[tuple[frozenset[str], ...], list[int]] = {}
    for segment in range(axis.width):
        try:
            known = checks[0].segments(derive(table.base, table.decision.id, {**facts, name: axis.value(segment)}))
        except CaseError:  # a day that gives a number which cannot be
            continue
        left = (c.diagrams.values(c.diagrams.fix(c.root, known)) - {IMPOSSIBLE} for c in checks)
        groups.setdefault(tuple(map(frozenset, left)), []).append(segment)
    return (
        Effect(axis.box(segments), table.possible(left) if isinstance(table, Checklist) else left[0])
        for left, segments in groups.items()
        if any(left)
    )


def _axis_of(table: Table | Checklist, facts: Facts, name: str) -> Axis:
    """The input cut where the decision sees a difference: a date also where a number that follows from it does."""
    own = table.axes[table.level[name]] if name in table.level else None
    cuts = {day for axis in table.axes for day in date_cuts(axis, facts, name)}
    if own and not cuts:
        return own
    concept = table.base.concept(name)
    starts = {concept.van, *(own.starts if own else ()), *(day for day in cuts if concept.van < day <= concept.tot)}
    return Axis(concept, tuple(sorted(starts)), ())


@cache
def _same(a: Any, b: Any) -> Any:
    if a == IMPOSSIBLE or b == IMPOSSIBLE:
        return b if a == IMPOSSIBLE else a
    return a if a == b else _CLASH
