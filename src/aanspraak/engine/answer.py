"""The answer for one case: what is decided, by which rule, why, and why nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from aanspraak.engine.cells import IMPOSSIBLE, Facts, Table, compile_decision
from aanspraak.engine.graph import decisions_under
from aanspraak.engine.model import (
    PEILDATUM,
    Box,
    CaseError,
    Decision,
    Limit,
    Rule,
    RuleBase,
    contains,
    ordinal,
)


@dataclass(frozen=True, slots=True)
class WhyNot:
    """Why a rule does not decide: the first condition that fails (`begrip`, what it asks, what is the case),
    a day outside its validity (`begrip` is peildatum), the rule that goes before it (`wijkt_voor`),
    or an input that is not known yet (`is_` is None)."""

    regel: Rule
    begrip: str = ""
    vereist: Box = frozenset()
    is_: str | int | date | None = None
    wijkt_voor: str = ""


@dataclass(frozen=True, slots=True)
class Left:
    """What is left of a limit: of the maximum, or of the first ones for own account. None: not known."""

    grens: Limit
    gebruikt: int | None

    @property
    def resteert(self) -> int | None:
        of = self.grens.maximum if self.grens.maximum is not None else self.grens.eerste_niet
        return None if of is None or self.gebruikt is None else max(0, of - self.gebruikt)


@dataclass(frozen=True, slots=True)
class Answer:
    """`uitkomst` is None while open questions can still change it. `regels` decide: one rule, or several that
    decide the same when an unknown input only changes the ground. `rust_op`: the decisions whose outcome they need."""

    besluit: Decision
    peildatum: date
    gegeven: Facts
    uitkomst: Mapping[str, str] | None
    regels: tuple[Rule, ...]
    rust_op: tuple[Answer, ...]
    alternatieven: tuple[WhyNot, ...]
    resteert: Left | None

    @property
    def samen(self) -> tuple[Answer, ...]:
        """This answer and those it rests on: what each asks and limits holds for the whole."""
        return (self, *self.rust_op)


def answer(base: RuleBase, name: str, facts: Facts, peildatum: date) -> Answer:
    """Answer a decision for a case. Inputs that are left out or None are unknown.

    Raises CaseError for values or combinations that cannot be, RuleError for a faulty rule base.
    """
    table = table_for(base, name, facts)
    known = {**facts, PEILDATUM: peildatum}
    rules = decide(table, known)
    outcomes: dict[str, str | int | date | None] = dict(known)
    under = []
    for decision in decisions_under(base, table.decision, _given(base, name, facts)):
        if decision.id != name:
            theirs = decide(table_for(base, decision.id, facts), known)
            under.append(_explain(decision, theirs, known, outcomes, peildatum, ()))
            outcomes.update(theirs[0].dan if theirs else {})
    return _explain(table.decision, rules, known, outcomes, peildatum, tuple(_rested_on(rules, under)))


def _rested_on(rules: tuple[Rule, ...], under: list[Answer]) -> list[Answer]:
    """The decisions whose outcome the deciding rules have a condition on, and those under these; all while open."""
    if not rules:
        return under
    used = {name for rule in rules for name in rule.als}
    found: list[Answer] = []
    for below in reversed(under):
        if used & below.besluit.uitkomst.keys():
            found.insert(0, below)
            used |= {name for rule in below.regels for name in rule.als}
    return found


def table_for(base: RuleBase, name: str, facts: Facts) -> Table:
    """The compiled decision for these facts: outcomes that are given themselves are not derived."""
    return compile_decision(base, name, _given(base, name, facts))


def _given(base: RuleBase, name: str, facts: Facts) -> frozenset[str]:
    own = base.decision(name).uitkomst
    return frozenset(f for f, v in facts.items() if v is not None and f not in own and base.producer(f))


def decide(table: Table, facts: Facts) -> tuple[Rule, ...]:
    """The rule that decides (several when they decide the same), or () when it is open. `facts` has peildatum."""
    diagrams, ref = table.diagrams, table.root
    while ref >= 0:
        axis = table.axes[diagrams.levels[ref]]
        value = facts.get(axis.name)
        if value is None:
            return _decide_open(table, facts)
        ref = diagrams.children[ref][axis.segment(value)]
    leaf = diagrams.value(ref)
    if leaf == IMPOSSIBLE:
        raise _impossible(table, facts)
    return (table.rules[leaf],)


def _decide_open(table: Table, facts: Facts) -> tuple[Rule, ...]:
    left = table.diagrams.values(table.diagrams.fix(table.root, table.segments(facts))) - {IMPOSSIBLE}
    if not left:
        raise _impossible(table, facts)
    if len({table.verdicts[rule_id] for rule_id in left}) > 1:
        return ()
    return tuple(r for r in table.decision.regels if r.id in left)


def _impossible(table: Table, facts: Facts) -> CaseError:
    decision, day = table.decision, facts[PEILDATUM]
    if not contains((decision.geldig,), ordinal(day)):
        first, last = (date.fromordinal(n).isoformat() for n in decision.geldig)
        return CaseError(
            f"Besluit «{decision.id}» geldt van {first} tot en met {last}; peildatum {day} valt daarbuiten."
        )
    for impossible in table.base.onmogelijk:
        if all(facts.get(n) is not None and contains(b, ordinal(facts[n])) for n, b in impossible.als.items()):
            given = ", ".join(f"{n} = {facts[n]}" for n in impossible.als)
            return CaseError(f"Dit kan niet samen: {given}. {impossible.omdat}")
    return CaseError("Deze gegevens kunnen niet samen voorkomen; kijk ze na.")


def _explain(
    decision: Decision,
    rules: tuple[Rule, ...],
    facts: Facts,
    outcomes: Mapping[str, str | int | date | None],
    peildatum: date,
    rust_op: tuple[Answer, ...],
) -> Answer:
    limit = rules[0].grens if rules else None
    used = facts.get(limit.gebruikt) if limit else None
    return Answer(
        decision,
        peildatum,
        facts,
        rules[0].dan if rules else None,
        rules,
        rust_op,
        tuple(_why_not(rule, rules, outcomes, peildatum.toordinal()) for rule in decision.regels if rule not in rules),
        Left(limit, used if isinstance(used, int) else None) if limit else None,
    )


def _why_not(
    rule: Rule, deciding: tuple[Rule, ...], outcomes: Mapping[str, str | int | date | None], day: int
) -> WhyNot:
    if not rule.geldig[0] <= day <= rule.geldig[1]:
        return WhyNot(rule, PEILDATUM, (rule.geldig,), date.fromordinal(day))
    unknown = None
    for name, box in rule.als.items():
        value = outcomes.get(name)
        if value is None:
            unknown = unknown or WhyNot(rule, name, box)
        elif not contains(box, ordinal(value)):
            return WhyNot(rule, name, box, value)
    if unknown:
        return unknown
    return WhyNot(rule, wijkt_voor=next((r.id for r in deciding if rule.id in r.in_afwijking_van), ""))
