"""`aanspraak regels verschil`: what changes between two days, or by a reform; for one case or for every situation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

import typer

from aanspraak.cli.case import read_case
from aanspraak.cli.explain import warn_reform
from aanspraak.cli.options import Besluit, Gegeven, Hervorming, day, decision_named, law
from aanspraak.cli.terminal import bullets, heading, number, say, table
from aanspraak.cli.words import conditions, outcome, period
from aanspraak.engine.answer import Answer, answer
from aanspraak.engine.checklist_changes import CheckChange, changed_checks
from aanspraak.engine.collect import Collected, collect
from aanspraak.engine.graph import decisions_under
from aanspraak.engine.law import Law
from aanspraak.engine.model import Box, CaseError, Rule, RuleBase, UserError
from aanspraak.engine.reform import Change, changed_situations

_SHOWN = 10
"""How many situations of one change are written out; all are counted."""


@dataclass(frozen=True, slots=True)
class _Side:
    """The rules on a day: before, or after."""

    base: RuleBase
    day: date

    @property
    def title(self) -> str:
        known = [f"bekend op {self.base.kennisdatum}"] if self.base.kennisdatum else []
        return ", ".join([self.day.isoformat(), *known, *self.base.hervormingen])


def verschil(
    ctx: typer.Context,
    casus: Annotated[
        str, typer.Argument(help="Een casus als bij `aanspraak toets`. Zonder casus: alle situaties.")
    ] = "",
    besluit: Besluit = "",
    gegeven: Gegeven = None,
    van: Annotated[str, typer.Option(metavar="JJJJ-MM-DD", help="De dag ervoor. Zonder: vandaag.")] = "",
    tot: Annotated[str, typer.Option(metavar="JJJJ-MM-DD", help="De dag erna. Zonder: vandaag.")] = "",
    kennisdatum: Annotated[
        list[str] | None,
        typer.Option(metavar="JJJJ-MM-DD", help="Zoals de regels toen bekend waren. Twee keer: vergelijk die twee."),
    ] = None,
    hervorming: Hervorming = "",
) -> None:
    """Wat verandert er tussen twee dagen, door een hervorming, of door wat later bekend werd?"""
    known = kennisdatum or [""]
    if not (van or tot or hervorming or len(known) > 1):
        raise UserError("Wat wilt u vergelijken? Geef --van en --tot, --hervorming, of twee keer --kennisdatum.")
    if len(known) > 2:
        raise UserError("Geef --kennisdatum ten hoogste twee keer: voor en na.")
    now, rules = law(ctx, known=known[0]).base, law(ctx, hervorming, known[-1])
    sides = _sides(now, rules, van, tot)
    if rules.reform:
        warn_reform(rules.reform)
    if casus or gegeven:
        case = read_case(now, casus, besluit, gegeven or [], sides[0].day.isoformat())
        if now.decision(case.besluit).verzamel:
            _compare_lists(sides, *(collect(side.base, case.besluit, case.facts, side.day) for side in sides))
        else:
            _compare(sides, *(answer(side.base, case.besluit, case.facts, side.day) for side in sides))
        return
    decision = decision_named(now, besluit)
    for side in sides:
        _check_valid(side, decision.id)
    both = (sides[0].base, sides[0].day), (sides[1].base, sides[1].day)
    say(f"{decision.titel}: {sides[0].title} → {sides[1].title}", style="bold")
    changes: list[Change] | list[CheckChange]
    if decision.verzamel:
        changes = list(changed_checks(*both, decision.id))
        for check in changes:
            heading(_check_words(check))
            _show_situations(sides, check.situaties)
    else:
        changes = list(changed_situations(*both, decision.id))
        for change in changes:
            heading(f"{change.voor.id} → {change.na.id}")
            bullets(_differences(sides, change.voor, change.na))
            _show_situations(sides, change.situaties)
    say()
    total = sum(len(change.situaties) for change in changes)
    say(f"Groepen van situaties die veranderen: {number(total)}." if total else "Er verandert niets.")


def _sides(now: RuleBase, rules: Law, van: str, tot: str) -> tuple[_Side, _Side]:
    first = max(date.today(), rules.reform.vanaf) if rules.reform else date.today()
    after = day(tot, "--tot") if tot else first
    before = day(van, "--van") if van else (after if rules.reform else first)
    return _Side(now, before), _Side(rules.base, after)


def _check_valid(side: _Side, name: str) -> None:
    for decision in decisions_under(side.base, side.base.decision(name)):
        if not decision.geldig[0] <= side.day.toordinal() <= decision.geldig[1]:
            raise CaseError(
                f"Besluit «{decision.id}» geldt {period(decision.geldig)}, niet op {side.day}; kies een andere dag."
            )


def _compare(sides: tuple[_Side, _Side], before: Answer, after: Answer) -> None:
    """One case on both sides."""
    say(f"{before.besluit.titel}", style="bold")
    say()
    names = {name: sides[0].base.concept(name).naam for name in before.besluit.uitkomst}
    columns = [_column(side, found) for side, found in zip(sides, (before, after), strict=True)]
    rows = [(words, *(column[name] for column in columns)) for name, words in {**names, "regel": "regel"}.items()]
    table(("", *(side.title for side in sides)), rows)
    say()
    say(_verdict(before, after))
    for side, found in zip(sides, (before, after), strict=True):
        if found.regels:
            heading(f"Waarom op {side.title}")
            bullets(rule.omdat for rule in found.regels)


def _compare_lists(sides: tuple[_Side, _Side], before: Collected, after: Collected) -> None:
    """One case against a checklist on both sides: the rules that do not hold alike."""
    say(f"{before.besluit.titel}", style="bold")
    say()
    old, new = _statuses(before), _statuses(after)
    rows = [
        (rule, old.get(rule, "bestaat niet"), new.get(rule, "bestaat niet"))
        for rule in dict.fromkeys((*old, *new))
        if old.get(rule) != new.get(rule)
    ]
    if rows:
        table(("regel", *(side.title for side in sides)), rows)
    else:
        say("Er verandert niets.")


def _statuses(found: Collected) -> dict[str, str]:
    """Rule id → whether it holds, in the order of the file."""
    held = {rule.id: "geldt" for rule in found.treft} | {why.regel.id: "kan gelden" for why in found.mogelijk}
    return {rule.id: held.get(rule.id, "geldt niet") for rule in found.besluit.regels}


def _verdict(before: Answer, after: Answer) -> str:
    if not (before.regels and after.regels):
        return "Of er iets verandert is nog niet te zeggen; vul de casus aan (zie `aanspraak toets`)."
    old, new = before.regels[0], after.regels[0]
    if old.dan != new.dan:
        return "De uitkomst verandert."
    if old.verdict != new.verdict:
        return "De uitkomst blijft gelijk; voorwaarden, grens, termijnen, praktijk of wat te regelen valt verandert."
    return (
        "Er verandert niets."
        if before.regels == after.regels
        else "De beslissing blijft gelijk; de regel is een andere."
    )


def _column(side: _Side, found: Answer) -> dict[str, str]:
    if not found.regels:
        return {**dict.fromkeys(found.besluit.uitkomst, "nog niet te zeggen"), "regel": "open"}
    words = {name: side.base.concept(name).waarden[value] for name, value in found.regels[0].dan.items()}
    return {**words, "regel": ", ".join(rule.id for rule in found.regels)}


def _check_words(change: CheckChange) -> str:
    if change.voor and change.na:
        return f"{change.regel}: het gevolg, of wat erbij hoort, verandert"
    return f"{change.regel}: geldt erna wel" if change.na else f"{change.regel}: geldt erna niet meer"


def _show_situations(sides: tuple[_Side, _Side], situations: Sequence[Mapping[str, Box]]) -> None:
    say("Het gaat om:", indent=2)
    bullets((_words(sides[0].base, boxes) for boxes in situations[:_SHOWN]), indent=4)
    if (more := len(situations) - _SHOWN) > 0:
        say(f"… en nog {number(more)} groepen.", indent=4)


def _differences(sides: tuple[_Side, _Side], before: Rule, after: Rule) -> Iterator[str]:
    pairs = list(zip(outcome(sides[0].base, before), outcome(sides[1].base, after), strict=True))
    if all(old == new for old, new in pairs):
        yield "de uitkomst blijft gelijk; voorwaarden, grens, termijnen, praktijk of wat te regelen valt verandert"
    for old, new in pairs:
        if old != new:
            yield f"{old} → {new.split(': ', 1)[1]}"


def _words(base: RuleBase, boxes: Mapping[str, Box]) -> str:
    return "; ".join(conditions(base, boxes)) or "elke situatie"
