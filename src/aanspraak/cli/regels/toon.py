"""`aanspraak regels toon`: a decision as a table, or one rule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated

import typer

from aanspraak.cli.explain import source_lines
from aanspraak.cli.options import Hervorming, Kennisdatum, law
from aanspraak.cli.terminal import bullets, heading, pairs, say, table
from aanspraak.cli.words import conditions, outcome, period
from aanspraak.engine.given import did_you_mean
from aanspraak.engine.model import ALWAYS, Citation, Decision, Limit, Rule, RuleBase, UserError, rules_of
from aanspraak.engine.phrases import term_words
from aanspraak.engine.timeline import timeline


def toon(
    ctx: typer.Context,
    naam: Annotated[str, typer.Argument(help="Een besluit, of het id van een regel.")],
    kennisdatum: Kennisdatum = "",
    hervorming: Hervorming = "",
) -> None:
    """Toon een besluit als tabel, met bronnen en geschiedenis; of één regel."""
    base = law(ctx, hervorming, kennisdatum).base
    if naam in base.besluiten:
        _show_decision(base, base.besluiten[naam])
        return
    found = next(((d, r) for d, r in rules_of(base) if r.id == naam), None)
    if found is None:
        names = [*base.besluiten, *(r.id for _, r in rules_of(base))]
        raise UserError(
            f"Er is geen besluit of regel «{naam}».{did_you_mean(naam, names)} Zie `aanspraak regels lijst`."
        )
    _show_rule(base, *found)


def _show_decision(base: RuleBase, decision: Decision) -> None:
    say(decision.titel, style="bold")
    say(decision.vraag)
    if decision.toelichting:
        say()
        say(decision.toelichting)
    say()
    rows = [
        (
            f"{rule.id}\n{period(rule.geldig)}",
            _text(_conditions(base, rule)),
            _text(outcome(base, rule)),
            _text(rule.grond),
        )
        for rule in decision.regels
    ]
    table(("regel", "als", "dan", "grond"), rows)
    heading("Geschiedenis")
    bullets(_history(base, decision))
    heading("Bronnen")
    cited = dict.fromkeys(c.bron for rule in decision.regels for c in rule.grond)
    bullets(f"{key}: {s.titel} ({s.uitgever}, {s.datum})" for key in cited if (s := base.bronnen[key]))


def _show_rule(base: RuleBase, decision: Decision, rule: Rule) -> None:
    pairs([tuple(line.split(": ", 1)) for line in outcome(base, rule)], rule.id, f"{decision.titel} ({decision.id})")  # type: ignore[misc]
    _section("Als", _conditions(base, rule) or ["altijd"])
    _section("Omdat", [rule.omdat])
    _section("Geldig", [period(rule.geldig), *_recorded(base, decision, rule)])
    _section("Grens", [_limit(rule.grens)] if rule.grens else [])
    _section("Termijnen", term_words(base, [rule], {}))
    _section("Voorwaarden", rule.voorwaarden)
    _section("Te regelen", rule.regelen)
    _section("In de praktijk", [rule.praktijk.tekst] if rule.praktijk else [])
    _section("Afleiding van ons, geen tekst van een bron", [rule.afleiding] if rule.afleiding else [])
    heading("Bronnen")
    bullets(source_lines(base, (*rule.grond, *(rule.praktijk.grond if rule.praktijk else ()))))
    heading("Staat in")
    say(rule.plaats, indent=2)


def _recorded(base: RuleBase, decision: Decision, rule: Rule) -> Iterator[str]:
    """Since when the rule was known, and how its validity was known at other times."""
    if rule.vastgelegd != ALWAYS:
        yield f"zo bekend {period(rule.vastgelegd)}"
    for other in base.ooit[decision.id].regels if decision.id in base.ooit else ():
        if other.id == rule.id and other.vastgelegd != rule.vastgelegd:
            yield f"bekend {period(other.vastgelegd)} als geldig {period(other.geldig)}"


def _limit(limit: Limit) -> str:
    what = f"{limit.eenheid}{f' per {limit.per}' if limit.per else ''}"
    if limit.maximum is not None:
        return f"ten hoogste {limit.maximum} {what}, geteld in {limit.gebruikt}"
    return f"de eerste {limit.eerste_niet} {what} niet, geteld in {limit.gebruikt}"


def _conditions(base: RuleBase, rule: Rule) -> list[str]:
    before = [f"gaat voor: {', '.join(sorted(rule.in_afwijking_van))}"] if rule.in_afwijking_van else []
    return [*conditions(base, rule.als), *before]


def _history(base: RuleBase, decision: Decision) -> Iterator[str]:
    """Every day on which its own rules change."""
    yield f"{period(decision.geldig)}: dit besluit"
    for turn in timeline(base, decision.id):
        if turn.besluit is decision:
            words = (("begint", turn.begint), ("vervalt", turn.vervalt))
            parts = [f"{word} {', '.join(rule.id for rule in rules)}" for word, rules in words if rules]
            yield f"{turn.dag.isoformat()}: {'; '.join(parts)}"


def _section(title: str, lines: Iterable[str]) -> None:
    if items := list(lines):
        heading(title)
        bullets(items)


def _text(lines: Iterable[str | Citation]) -> str:
    return "\n".join(map(str, lines))
