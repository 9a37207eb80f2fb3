"""The answer for one case: what is decided, by which rule, why, and why nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from aanspraak.engine.boxes import box_words, value_words
from aanspraak.engine.cells import IMPOSSIBLE, Facts, Table, compile_decision
from aanspraak.engine.checklist import Checklist, compile_any
from aanspraak.engine.derived import derive
from aanspraak.engine.diagram import Ref
from aanspraak.engine.graph import decisions_under
from aanspraak.engine.model import (
    PEILDATUM,
    PEILDATUM_CONCEPT,
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
    decide the same when an unknown input only changes the ground. `rust_op`: the decisions whose outcome they need.
    `waarden` are the facts, and the outcomes underneath, that the rules of this decision were held against."""

    besluit: Decision
    peildatum: date
    gegeven: Facts
    waarden: Facts
    regels: tuple[Rule, ...]
    rust_op: tuple[Answer, ...]

    @property
    def uitkomst(self) -> Mapping[str, str] | None:
        return self.regels[0].dan if self.regels else None

    @property
    def resteert(self) -> Left | None:
        """What is left of the limit that the deciding rule sets."""
        limit = self.regels[0].grens if self.regels else None
        used = self.waarden.get(limit.gebruikt) if limit else None
        return Left(limit, used if isinstance(used, int) else None) if limit else None

    @property
    def alternatieven(self) -> tuple[WhyNot, ...]:
        """For every other rule of the decision, why it does not decide."""
        others = [rule for rule in self.besluit.regels if rule not in self.regels]
        return tuple([why_not(rule, self.regels, self.waarden) for rule in others])

    @property
    def samen(self) -> tuple[Answer, ...]:
        """This answer and those it rests on: what each asks and limits holds for the whole."""
        return (self, *self.rust_op)


def answer(base: RuleBase, name: str, facts: Facts, peildatum: date) -> Answer:
    """Answer a decision for a case. Inputs that are left out or None are unknown.

    Raises CaseError for values or combinations that cannot be, RuleError for a faulty rule base.
    """
    table = compile_decision(base, name, given_outcomes(base, name, facts))
    rules = decide(table, derive(base, name, {**facts, PEILDATUM: peildatum}))
    under, values = answers_under(base, name, facts, peildatum)
    return Answer(table.decision, peildatum, facts, values, rules, tuple(rested_on(rules, under) if rules else under))


def answers_under(base: RuleBase, name: str, facts: Facts, peildatum: date) -> tuple[list[Answer], Facts]:
    """The answers of the decisions that a decision rests on, and the facts with their outcomes."""
    known = values = derive(base, name, {**facts, PEILDATUM: peildatum})
    found = []
    for lower in _tables_under(base, name, given_outcomes(base, name, facts)):
        theirs = decide(lower, known)
        found.append(Answer(lower.decision, peildatum, facts, values, theirs, ()))
        if theirs:
            values = {**values, **theirs[0].dan}
    return found, values


@lru_cache(maxsize=256)
def _tables_under(base: RuleBase, name: str, given: frozenset[str]) -> tuple[Table, ...]:
    *under, _ = decisions_under(base, base.decision(name), given)
    return tuple(compile_decision(base, d.id, given) for d in under)


def rested_on(rules: tuple[Rule, ...], under: list[Answer]) -> list[Answer]:
    """The decisions whose outcome these rules have a condition on, and those under these."""
    used = {name for rule in rules for name in rule.als}
    found: list[Answer] = []
    for below in reversed(under):
        if used & below.besluit.uitkomst.keys():
            found.insert(0, below)
            used |= {name for rule in below.regels for name in rule.als}
    return found


def table_for(base: RuleBase, name: str, facts: Facts) -> Table | Checklist:
    """The compiled decision or checklist for these facts: outcomes that are given themselves are not derived."""
    return compile_any(base, name, given_outcomes(base, name, facts))


def given_outcomes(base: RuleBase, name: str, facts: Facts) -> frozenset[str]:
    """The facts that are outcomes of decisions underneath."""
    own = base.decision(name).uitkomst
    return frozenset(f for f, v in facts.items() if v is not None and base.producer(f) and f not in own)


def decide(table: Table, facts: Facts) -> tuple[Rule, ...]:
    """The rule that decides (several when they decide the same), or () when it is open. `facts` has peildatum."""
    levels, children, tests = table.diagrams.levels, table.diagrams.children, table.tests
    ref = table.root
    while ref >= 0:
        name, segment = tests[levels[ref]]
        value = facts.get(name)
        if value is None:
            return _decide_open(table, facts, ref)
        ref = children[ref][segment(value)]
    leaf = table.diagrams.value(ref)
    if leaf == IMPOSSIBLE:
        raise _impossible(table, facts)
    return (table.rules[leaf],)


def _decide_open(table: Table, facts: Facts, ref: Ref) -> tuple[Rule, ...]:
    """As `decide`, from a node on, where some inputs are unknown: over every situation still possible."""
    levels, children, tests = table.diagrams.levels, table.diagrams.children, table.tests
    todo, seen, left = [ref], set[Ref](), set[str]()
    while todo:
        ref = todo.pop()
        if ref in seen:
            continue
        seen.add(ref)
        if ref < 0:
            left.add(table.diagrams.value(ref))
            continue
        name, segment = tests[levels[ref]]
        value = facts.get(name)
        if value is None:
            todo.extend(set(children[ref]))
        else:
            todo.append(children[ref][segment(value)])
    left.discard(IMPOSSIBLE)
    if not left:
        raise _impossible(table, facts)
    if len({table.verdicts[rule_id] for rule_id in left}) > 1:
        return ()
    return tuple(r for r in table.decision.regels if r.id in left)


def _impossible(table: Table, facts: Facts) -> CaseError:
    decision, day = table.decision, facts[PEILDATUM]
    if not contains((decision.geldig,), ordinal(day)):
        valid, asked = box_words((decision.geldig,), PEILDATUM_CONCEPT), value_words(day, PEILDATUM_CONCEPT)
        period = f"geldt {valid}; peildatum {asked} valt daarbuiten."
        return CaseError(f"Besluit «{decision.id}» {period}", f"«{decision.titel}» {period}")
    for impossible in table.base.onmogelijk:
        if all(facts.get(n) is not None and contains(b, ordinal(facts[n])) for n, b in impossible.als.items()):
            given = [(n, table.base.concept(n), facts[n]) for n in impossible.als]
            written = ", ".join(f"{name} = {value}" for name, _, value in given)
            said = "; ".join(f"{concept.naam}: {value_words(value, concept)}" for _, concept, value in given)
            return CaseError(*(f"Dit kan niet samen: {facts}. {impossible.omdat}" for facts in (written, said)))
    return CaseError("Deze gegevens kunnen niet samen voorkomen; kijk ze na.")


def why_not(rule: Rule, deciding: tuple[Rule, ...], values: Facts) -> WhyNot:
    """What is in the way of a rule. `values`: the facts, with the outcomes underneath."""
    day = values[PEILDATUM]
    if not contains((rule.geldig,), ordinal(day)):
        return WhyNot(rule, PEILDATUM, (rule.geldig,), day)
    unknown = None
    for name, box in rule.als.items():
        value = values.get(name)
        if value is None:
            unknown = unknown or WhyNot(rule, name, box)
        elif not contains(box, ordinal(value)):
            return WhyNot(rule, name, box, value)
    if unknown:
        return unknown
    return WhyNot(rule, wijkt_voor=next((r.id for r in deciding if rule.id in r.in_afwijking_van), ""))
