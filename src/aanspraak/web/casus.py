"""A case as it stands in an address: what is asked, on which day, and the answers in the order they were given.

Only coded answers, that say nothing of who it is about. An answer left empty is one that the visitor does not know.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from aanspraak.engine.asking import accepted, to_ask
from aanspraak.engine.boxes import parse_value
from aanspraak.engine.law import Law, named_law
from aanspraak.engine.model import PEILDATUM, PEILDATUM_CONCEPT, CaseError, Decision, RuleBase

Value = str | int | date
Answers = tuple[tuple[str, Value | None], ...]

KNOWN, REFORM, COMPARE = "kennisdatum", "hervorming", "vergelijk"
LAYERS = (PEILDATUM, KNOWN, REFORM, COMPARE)
"""What stands in an address beside the answers; no concept has such a name (tests/web)."""


@dataclass(frozen=True)
class Case:
    """A question about a case, under `law`. An answer of None: not known to the visitor. `compared`: the question
    that is not asked, because the answers to it are compared (empty: none)."""

    law: Law
    decision: Decision
    day: date
    answers: Answers = ()
    known: date | None = None
    compared: str = ""

    @property
    def base(self) -> RuleBase:
        return self.law.base

    @property
    def facts(self) -> dict[str, Value]:
        """What is known."""
        return {name: value for name, value in self.answers if value is not None}

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The whole case as it stands in an address."""
        return [*self.layers, *((name, text(value)) for name, value in self.answers)]

    @property
    def layers(self) -> list[tuple[str, str]]:
        """What stands in an address beside the answers."""
        reform = self.law.reform.id if self.law.reform else ""
        given = [(PEILDATUM, text(self.day)), (KNOWN, text(self.known)), (REFORM, reform), (COMPARE, self.compared)]
        return [(name, value) for name, value in given if value]

    def address(self, page: str, *extra: tuple[str, str]) -> str:
        """The address of a page about this case."""
        return f"/{page}/{self.decision.id}?{urlencode([*self.pairs, *extra])}"

    def before(self, name: str) -> Case:
        """The case as it was when this question was asked."""
        names = [n for n, _ in self.answers]
        return replace(self, answers=self.answers[: names.index(name)] if name in names else self.answers)

    def variants(self) -> list[Case]:
        """The case with every answer to the compared question."""
        others = tuple(pair for pair in self.answers if pair[0] != self.compared)
        values = self.base.concept(self.compared).waarden
        return [replace(self, answers=(*others, (self.compared, value)), compared="") for value in values]


def text(value: Value | None) -> str:
    """A value as it stands in an address."""
    return "" if value is None else str(value)


def read_case(base: RuleBase, name: str, pairs: Iterable[tuple[str, str]], today: date) -> Case:
    """The case in the pairs of an address; without a day it is about `today`.

    Raises UserError where there is no such decision or reform, CaseError with every wrong fact.
    """
    given = dict(pairs)
    day, known = (read_day(given.get(part, ""), part) for part in (PEILDATUM, KNOWN))
    rules = named_law(base, given.get(REFORM, ""), known)
    case = Case(rules, rules.base.decision(name), day or today, known=known, compared=given.get(COMPARE, ""))
    names = accepted(case.base, case.decision)
    if case.compared and (case.compared not in names or not case.base.concept(case.compared).waarden):
        raise CaseError(f"{COMPARE}: «{case.compared}» is geen vraag waarvan de antwoorden te vergelijken zijn.")
    faults, answers = [], []
    for fact, written in given.items():
        if fact in LAYERS:
            continue
        try:
            if fact not in names:
                raise ValueError("dit gegeven telt niet bij deze vraag; haal het weg uit het adres")
            answers.append((fact, parse_value(written, case.base.concept(fact)) if written else None))
        except ValueError as error:
            faults.append(f"{fact}: {error}.")
    if faults:
        raise CaseError("\n".join(faults))
    return replace(case, answers=tuple(answers))


def read_day(written: str, name: str) -> date | None:
    """The day as it was written; None for nothing. Raises CaseError with the remedy."""
    if not written:
        return None
    try:
        found = parse_value(written, PEILDATUM_CONCEPT)
    except ValueError as error:
        raise CaseError(f"{name}: {error}.") from None
    assert isinstance(found, date)  # noqa: S101 - what parse_value gives for a day
    return found


def next_question(case: Case) -> str | None:
    """The first question that is left and was not put aside. Raises CaseError for answers that cannot be."""
    aside = dict(case.answers)
    return next((name for name in questions(case) if name not in aside), None)


def questions(case: Case) -> Sequence[str]:
    """The questions that are left, those put aside among them; where answers are compared, for any of these."""
    if not case.compared:
        return to_ask(case.base, case.decision.id, case.facts, case.day)
    found: dict[str, None] = {}
    for variant in possible(case):
        found |= dict.fromkeys(questions(variant))
    return list(found)


def possible(case: Case) -> list[Case]:
    """The variants that can be. Raises CaseError where none can."""
    kept, fault = [], None
    for variant in case.variants():
        try:
            questions(variant)
            kept.append(variant)
        except CaseError as error:
            fault = error
    if not kept and fault:
        raise fault
    return kept


def changed(case: Case, name: str, value: Value | None) -> Case:
    """The case with another answer. What was answered after it stays where it still counts and still can be."""
    place = [n for n, _ in case.answers].index(name)
    kept = replace(case, answers=(*case.answers[:place], (name, value)))
    for later in case.answers[place + 1 :]:
        longer = replace(kept, answers=(*kept.answers, later))
        if later[0] in questions(kept) or case.base.producer(later[0]):
            try:
                questions(longer)
            except CaseError:
                continue
            kept = longer
    return kept
