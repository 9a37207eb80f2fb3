"""`aanspraak vraag`: one question at a time, until the answer is known."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date

import typer

from aanspraak.cli.explain import answers, show_case
from aanspraak.cli.options import Besluit, Hervorming, Kennisdatum, Peildatum, day, decision_named, law
from aanspraak.cli.terminal import heading, say
from aanspraak.engine.answer import table_for
from aanspraak.engine.asking import telling, to_ask
from aanspraak.engine.boxes import box_words, parse_value
from aanspraak.engine.given import Value
from aanspraak.engine.law import Law
from aanspraak.engine.model import PEILDATUM, CaseError, Concept, Decision, RuleBase, contains, ordinal
from aanspraak.engine.questions import Effect, effects, open_questions

_SHOWN = 3
"""More outcomes than this are counted, not named."""


@dataclass
class _Talk:
    """What was asked and answered so far, in order; None is «onbekend»."""

    law: Law
    decision: Decision
    day: date
    answers: list[tuple[str, Value | None]] = field(default_factory=list)

    @property
    def facts(self) -> dict[str, Value]:
        return {name: value for name, value in self.answers if value is not None}

    def next(self) -> str | None:
        """The first question that is left and was not put aside."""
        aside = dict(self.answers)
        left = to_ask(self.law.base, self.decision.id, self.facts, self.day)
        return next((question for question in left if question not in aside), None)


def vraag(
    ctx: typer.Context,
    besluit: Besluit = "",
    peildatum: Peildatum = "",
    kennisdatum: Kennisdatum = "",
    hervorming: Hervorming = "",
) -> None:
    """Stel één vraag tegelijk tot het antwoord bekend is, en zeg waarom elke vraag telt."""
    rules = law(ctx, hervorming, kennisdatum)
    when = day(peildatum, "--peildatum") if peildatum else date.today()
    try:
        decision = decision_named(rules.base, besluit) if besluit else _choose_decision(rules.base)
        talk = _Talk(rules, decision, when)
        say(decision.vraag, style="bold")
        say("Antwoord met een nummer of een waarde. Ook: ? voor uitleg, onbekend om over te slaan, terug.", style="dim")
        while name := talk.next():
            _ask(talk, name)
    except EOFError:
        say("Gestopt: er kwamen geen antwoorden meer.")
        if "talk" not in locals():
            return
    say()
    show_case(rules, talk.decision.id, talk.facts, when, today=not peildatum)
    heading("Zelfde vraag in één opdracht")
    say(_command(talk, hervorming), indent=2)


def _command(talk: _Talk, reform: str) -> str:
    given = [part for name, value in talk.facts.items() for part in ("--gegeven", f"{name}={value}")]
    layer = ["--kennisdatum", known.isoformat()] if (known := talk.law.base.kennisdatum) else []
    layer += ["--hervorming", reform] if reform else []
    return shlex.join(
        ["aanspraak", "toets", "--besluit", talk.decision.id, "--peildatum", talk.day.isoformat(), *given, *layer]
    )


def _choose_decision(base: RuleBase) -> Decision:
    decisions = list(base.besluiten.values())
    say("Welke vraag hebt u?", style="bold")
    for number, decision in enumerate(decisions, 1):
        say(f"{number}. {decision.vraag} ({decision.id})", indent=2)
    while True:
        reply = _read()
        if reply.isdecimal() and 1 <= int(reply) <= len(decisions):
            return decisions[int(reply) - 1]
        if reply in base.besluiten:
            return base.besluiten[reply]
        say(f"Kies een nummer van 1 tot en met {len(decisions)}.")


def _ask(talk: _Talk, name: str) -> None:
    """Put one question until there is an answer, or go back one."""
    base, facts = talk.law.base, {**talk.facts, PEILDATUM: talk.day}
    concept = base.concept(name)
    table = table_for(base, talk.decision.id, talk.facts)
    found = list(effects(table, facts, name)) if name in open_questions(table, facts) else []
    choices = [value for value, _ in answers(concept, [e.als for e in found])] if concept.discrete else []
    say()
    say(concept.vraag, style="bold")
    for line in _why(base, talk.decision, concept, found):
        say(line, indent=2)
    while True:
        reply = _read()
        if reply == "?":
            say(concept.uitleg or "Bij deze vraag is geen uitleg.", indent=2)
            if concept.grond:
                say(f"Grond: {'; '.join(map(str, concept.grond))}", indent=2)
        elif reply == "terug":
            if talk.answers:
                talk.answers.pop()
                return
            say("Dit is de eerste vraag.", indent=2)
        elif reply == "onbekend" and "onbekend" not in choices:
            talk.answers.append((name, None))
            return
        else:
            try:
                talk.answers.append((name, _value(concept, found, choices, reply)))
                talk.next()
                return
            except CaseError as error:  # what was not asked for the outcome can still clash: a day before another
                talk.answers.pop()
                say(error.said, indent=2)
            except ValueError as error:
                say(f"{error}.", indent=2)


def _value(concept: Concept, found: list[Effect], choices: list[str], reply: str) -> Value:
    if choices:
        if reply.isdecimal() and 1 <= int(reply) <= len(choices):
            return choices[int(reply) - 1]
        if reply not in choices:
            raise ValueError(f"«{reply}» staat er niet bij; kies een nummer van 1 tot en met {len(choices)}")
        return reply
    value = parse_value(reply, concept)
    if found and not any(contains(effect.als, ordinal(value)) for effect in found):
        raise ValueError(f"«{reply}» kan niet samen met de andere antwoorden")
    return value


def _why(base: RuleBase, decision: Decision, concept: Concept, found: list[Effect]) -> Iterator[str]:
    """Why the question counts: the answers, each with the outcomes that it leaves and another answer does not."""
    if not found:
        yield "Het antwoord verandert niet wie betaalt, wel hoeveel er over is of welke dag het wordt."
        return
    name, left = telling(base, decision, found)
    always = frozenset.intersection(*left)
    differ = len(set(left)) > 1
    yield f"Hiervan hangt af: {name}{'' if differ else ', samen met andere antwoorden'}."
    if always and differ:
        yield f"Bij elk antwoord blijft mogelijk: {_listed(always)}."

    def then(i: int) -> str:
        if not differ:
            return ""
        own = left[i] - always
        return f" → {'ook ' if always else ''}{_listed(own)}" if own else " → niets anders"

    if not concept.discrete:
        yield from (f"{box_words(effect.als, concept)}{then(i)}" for i, effect in enumerate(found))
        return
    for number, (value, words) in enumerate(answers(concept, [effect.als for effect in found]), 1):
        at = next(i for i, effect in enumerate(found) if contains(effect.als, value))
        yield f"{number}. {words}{then(at)}"


def _listed(names: Collection[str]) -> str:
    return "; of ".join(sorted(names)) if len(names) <= _SHOWN else f"{len(names)} mogelijkheden"


def _read() -> str:
    """The next answer. Raises EOFError at the end of the input; what is piped in is shown as well."""
    if sys.stdin.isatty():
        return input("> ").strip()
    line = sys.stdin.readline()
    if not line:
        raise EOFError
    say(f"> {line.strip()}")
    return line.strip()
