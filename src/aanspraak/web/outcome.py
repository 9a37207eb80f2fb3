"""What the rules say of a case, and of the same case on another day or under a reform."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from aanspraak.engine.answer import Answer, answer
from aanspraak.engine.collect import Collected, collect
from aanspraak.engine.phrases import label, limit_words
from aanspraak.web.casus import Case, possible, questions


@dataclass(frozen=True, slots=True)
class Outcome:
    """The answer (or the checklist) for a case, with the questions that can still change it."""

    casus: Case
    gevonden: Answer | Collected
    open: tuple[str, ...]

    @property
    def rows(self) -> dict[str, str]:
        """What is decided in words: outcome field → label; of a checklist rule id → whether it holds."""
        if isinstance(self.gevonden, Collected):
            held = {rule.id: "geldt" for rule in self.gevonden.treft}
            held |= {why.regel.id: "kan gelden" for why in self.gevonden.mogelijk}
            return {rule.id: held.get(rule.id, "geldt niet") for rule in self.gevonden.besluit.regels}
        base, values = self.casus.base, self.gevonden.uitkomst
        names = self.gevonden.besluit.uitkomst
        return {n: label(base, n, values[n]) if values else "nog niet te zeggen" for n in names}


def outcome(case: Case) -> Outcome:
    """The answer for a case. Raises CaseError for values or combinations that cannot be."""
    find = collect if case.decision.verzamel else answer
    found = find(case.base, case.decision.id, case.facts, case.day)
    decided = not found.mogelijk if isinstance(found, Collected) else bool(found.regels)
    return Outcome(case, found, () if decided else tuple(questions(case)))


def side_by_side(case: Case) -> list[Outcome]:
    """The outcome for every answer to the compared question that can be: in the order in which the decision names
    what it decides, what is still open last. Raises CaseError where no answer can be."""
    first, values = next(iter(case.decision.uitkomst.items()), ("", ()))

    def place(found: Outcome) -> int:
        decided = found.gevonden.uitkomst if isinstance(found.gevonden, Answer) else None
        return values.index(decided[first]) if decided else len(values)

    return sorted(map(outcome, possible(case)), key=place)


def differences(one: Outcome, other: Outcome) -> Mapping[str, tuple[str, str]]:
    """What is not the same in both: field or rule id → in the one, in the other."""
    before, after = one.rows, other.rows
    both = {n: (before.get(n, "bestaat niet"), after.get(n, "bestaat niet")) for n in (*before, *after)}
    return {name: pair for name, pair in both.items() if pair[0] != pair[1]}


def limits(found: Answer) -> list[str]:
    """The limits of an answer, and of what it rests on, with what is left of them."""
    return [line for part in found.samen for line in limit_words(part)]
