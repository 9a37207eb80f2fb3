"""`aanspraak regels tijdlijn`: what changed when in a decision and in those it rests on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Annotated, Any

import typer

from aanspraak.cli.explain import warn_reform
from aanspraak.cli.options import Besluit, Hervorming, Kennisdatum, decision_named, law
from aanspraak.cli.terminal import raw, say, table
from aanspraak.cli.words import period
from aanspraak.engine.model import Decision, Rule, RuleBase
from aanspraak.engine.render_law import turns_data
from aanspraak.engine.timeline import Turn, timeline


def tijdlijn(
    ctx: typer.Context,
    besluit: Besluit = "",
    kennisdatum: Kennisdatum = "",
    hervorming: Hervorming = "",
    als_json: Annotated[bool, typer.Option("--json", help="De tijdlijn als JSON.")] = False,
) -> None:
    """Noem elke dag waarop regels van een besluit, of van wat eronder ligt, beginnen of vervallen."""
    rules = law(ctx, hervorming, kennisdatum)
    base = rules.base
    decision = decision_named(base, besluit)
    turns = list(timeline(base, decision.id))
    if als_json:
        raw(json.dumps(_data(base, decision, turns), ensure_ascii=False, indent=2) + "\n")
        return
    if rules.reform:
        warn_reform(rules.reform)
    known = f", zoals bekend op {base.kennisdatum}" if base.kennisdatum else ""
    say(f"{decision.titel}: geldig {period(decision.geldig)}{known}", style="bold")
    say()
    if turns:
        table(
            ("dag", "", "regel", "besluit", "omdat", "grond", "vastgelegd"),
            (row for turn in turns for row in _rows(turn)),
        )
    else:
        say("De regels zijn sinds de eerste dag niet veranderd.")


def _rows(turn: Turn) -> Iterator[tuple[str, ...]]:
    for word, rules in (("vervalt", turn.vervalt), ("begint", turn.begint)):
        for rule in rules:
            yield (
                turn.dag.isoformat(), word, rule.id, turn.besluit.id, rule.omdat, "\n".join(map(str, rule.grond)),
                _recorded(turn, rule) or "",
            )  # fmt: skip


def _recorded(turn: Turn, rule: Rule) -> str | None:
    day = turn.vastgelegd.get(rule.id)
    return day.isoformat() if day else None


def _data(base: RuleBase, decision: Decision, turns: list[Turn]) -> dict[str, Any]:
    return {
        "besluit": decision.id,
        "titel": decision.titel,
        "geldig": period(decision.geldig),
        "kennisdatum": base.kennisdatum.isoformat() if base.kennisdatum else None,
        "hervormingen": list(base.hervormingen),
        "dagen": turns_data(base, turns),
    }
