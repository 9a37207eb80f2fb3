"""One question as a page shows it: the choices and what each leaves open, why it is asked, and what the law says."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from aanspraak.engine.answer import table_for
from aanspraak.engine.asking import telling
from aanspraak.engine.boxes import box_words, parse_value
from aanspraak.engine.model import PEILDATUM, Concept, Rule, contains, ordinal
from aanspraak.engine.questions import Effect, effects, open_questions
from aanspraak.web.casus import Case, Value

_NAMED = 3
"""More outcomes than this are counted, not named."""
_RULES = 4
"""Rules told to a visitor as what the law says, at most."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that can be answered (empty for a range of numbers or days), in words, and what is possible then."""

    waarde: str
    woorden: str
    dan: str


@dataclass(frozen=True, slots=True)
class Question:
    """`hangt_af`: what the answer bears on (empty: only what is left, or on which day); `altijd`: what is possible at
    every answer; `wet`: rules that ask for it and can still hold."""

    begrip: Concept
    keuzes: tuple[Choice, ...]
    hangt_af: str
    altijd: str
    wet: tuple[Rule, ...]
    effects: tuple[Effect, ...]

    def parse(self, written: str) -> Value:
        """The answer as a visitor wrote it. Raises ValueError with the remedy."""
        if not written.strip():
            raise ValueError(_REMEDY[self.begrip.soort])
        value = parse_value(written.strip(), self.begrip)
        if self.effects and not any(contains(effect.als, ordinal(value)) for effect in self.effects):
            raise ValueError("Dit kan niet samen met de andere antwoorden. Kijk het na, of verander een ander antwoord")
        return value


_REMEDY = {
    "keuze": "Kies een van de antwoorden",
    "ja_nee": "Kies een van de antwoorden",
    "getal": "Vul een heel getal in",
    "datum": "Vul een datum in",
}


def question(case: Case, name: str) -> Question:
    """The question `name` as it stands for a case in which it has no answer."""
    base, facts = case.base, {**case.facts, PEILDATUM: case.day}
    concept, table = base.concept(name), table_for(base, case.decision.id, case.facts)
    found = tuple(effects(table, facts, name)) if name in open_questions(table, facts) else ()
    bears_on, left = telling(base, case.decision, found) if found else ("", [])
    always = frozenset.intersection(*left) if left else frozenset()
    differ = len(set(left)) > 1
    own = [_listed(names - always) if differ else "" for names in left]
    return Question(
        concept,
        _choices(concept, found, own),
        bears_on,
        _listed(always) if differ else "",
        _law(case, name, found),
        found,
    )


def _choices(concept: Concept, found: tuple[Effect, ...], own: list[str]) -> tuple[Choice, ...]:
    if not concept.discrete:
        pairs = zip(found, own, strict=True)
        return tuple(Choice("", box_words(effect.als, concept), then) for effect, then in pairs if then)
    where = {value: i for i, effect in enumerate(found) for value in effect.als if isinstance(value, str)}
    return tuple(
        Choice(value, words, own[where[value]] if found else "")
        for value, words in concept.waarden.items()
        if not found or value in where
    )


def _listed(names: Collection[str]) -> str:
    return "; of ".join(sorted(names)) if len(names) <= _NAMED else f"{len(names)} mogelijkheden"


def _law(case: Case, name: str, found: tuple[Effect, ...]) -> tuple[Rule, ...]:
    """The rules of the decision, that can still hold on the day, with a condition on this question."""
    possible = frozenset().union(*(effect.regels for effect in found)) if found else frozenset()
    rules = [rule for rule in case.decision.regels if rule.id in possible and name in rule.als]
    return tuple(rules[:_RULES])
