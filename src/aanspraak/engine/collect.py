"""The answer of a checklist for one case: which rules match for certain, which still can, and which cannot and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from aanspraak.engine.answer import Answer, WhyNot, answers_under, decide, given_outcomes, rested_on, why_not
from aanspraak.engine.cells import Facts
from aanspraak.engine.checklist import HIT, NONE, YES, compile_checklist
from aanspraak.engine.derived import derive
from aanspraak.engine.model import PEILDATUM, Decision, Rule, RuleBase


@dataclass(frozen=True, slots=True)
class Collected:
    """All rules of a checklist, each in one of three: `treft` for certain, `mogelijk` while open questions can still
    change it (with the first condition that is not known), `treft_niet` (with the first that fails). `rust_op`: the
    decisions whose outcome the rules that match need, or all while none matches."""

    besluit: Decision
    peildatum: date
    gegeven: Facts
    waarden: Facts
    treft: tuple[Rule, ...]
    mogelijk: tuple[WhyNot, ...]
    treft_niet: tuple[WhyNot, ...]
    rust_op: tuple[Answer, ...]


def collect(base: RuleBase, name: str, facts: Facts, peildatum: date) -> Collected:
    """Every rule of a checklist for a case. Inputs that are left out or None are unknown.

    Raises CaseError for values or combinations that cannot be, RuleError for a faulty rule base.
    """
    checklist = compile_checklist(base, name, given_outcomes(base, name, facts))
    under, values = answers_under(base, name, facts, peildatum)
    known = derive(base, name, {**facts, PEILDATUM: peildatum})
    hits, possible, misses = [], [], []
    for rule, check in zip(checklist.decision.regels, checklist.checks, strict=True):
        found = decide(check, known)
        if not found:
            possible.append(why_not(rule, (), values))
        elif found[0].dan[HIT] == YES:
            hits.append(rule)
        else:
            misses.append(_miss(rule, found, values))
    rests = rested_on(tuple(hits), under) if hits else under
    return Collected(
        checklist.decision, peildatum, facts, values, tuple(hits), tuple(possible), tuple(misses), tuple(rests)
    )


def _miss(rule: Rule, found: tuple[Rule, ...], values: Facts) -> WhyNot:
    """A rule that goes before it is in the way, when it is certain that one does; else the first condition."""
    before = [r.id for r in found]
    return why_not(rule, (), values) if NONE in before else WhyNot(rule, wijkt_voor=" of ".join(before))
