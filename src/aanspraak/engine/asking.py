"""What to ask of a case, one question at a time: what can be told of it, what is still to be asked, and why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from aanspraak.engine.answer import Answer, answer, table_for
from aanspraak.engine.cells import Facts
from aanspraak.engine.derived import asked_for, derived_in
from aanspraak.engine.graph import decisions_under, inputs_of
from aanspraak.engine.model import PEILDATUM, Decision, RuleBase
from aanspraak.engine.phrases import label
from aanspraak.engine.questions import Effect, open_questions


def accepted(base: RuleBase, decision: Decision) -> list[str]:
    """The facts that a decision looks at: its inputs, outcomes of decisions underneath, what limits count, and the
    dates from which numbers and terms follow."""
    under = list(decisions_under(base, decision))
    outcomes = [field for d in under if d is not decision for field in d.uitkomst]
    counted = [rule.grens.gebruikt for d in under for rule in d.regels if rule.grens]
    dates = [name for _, how in derived_in(base, decision.id) for name in (how.van, how.tot)]
    dates += [term.vanaf for d in under for rule in d.regels for term in rule.termijnen]
    names = dict.fromkeys((*inputs_of(base, decision), *outcomes, *counted, *dates))
    return [name for name in names if name != PEILDATUM]


def to_ask(base: RuleBase, name: str, facts: Facts, day: date) -> list[str]:
    """The questions that can still change the decision, in order; when it is decided, those for its limit and terms.

    Raises CaseError for values that cannot be.
    """
    questions = open_questions(table_for(base, name, facts), {**facts, PEILDATUM: day})
    if questions or base.decision(name).verzamel:
        return questions
    return _after(base, answer(base, name, facts, day))


def _after(base: RuleBase, found: Answer) -> list[str]:
    """What must be known to say what is left of a limit, and on which day a term ends."""
    left = found.resteert
    counted = [left.grens.gebruikt] if left and left.gebruikt is None else []
    dates = [t.vanaf for part in found.samen for r in part.regels[:1] for t in r.termijnen]
    return asked_for(base, counted, found.waarden) + [d for d in dates if found.waarden.get(d) is None]


def telling(base: RuleBase, decision: Decision, found: Sequence[Effect]) -> tuple[str, list[frozenset[str]]]:
    """The first outcome that the answer to a question bears on, and its values that each effect leaves; else the
    rules."""
    for outcome in decision.uitkomst:
        left = [frozenset(label(base, outcome, decision.rule(r).dan[outcome]) for r in e.regels) for e in found]
        if len(set(left)) > 1:
            return base.concept(outcome).naam, left
    return "welke regels gelden" if decision.verzamel else "welke regel geldt", [effect.regels for effect in found]
