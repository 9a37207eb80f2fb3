"""The addresses of the pages about the rules: decisions, differences, sources, reforms, and what this site is."""

from __future__ import annotations

from datetime import date, timedelta
from importlib.metadata import version
from itertools import groupby
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from aanspraak.engine.changes import changes, compared_days
from aanspraak.engine.graph import decisions_under, parts
from aanspraak.engine.law import named_law, reforms, touched
from aanspraak.engine.model import CaseError, Decision, RuleBase, rules_of
from aanspraak.engine.timeline import timeline
from aanspraak.web import proposal
from aanspraak.web.casus import read_day
from aanspraak.web.errors import PageRoute, rules
from aanspraak.web.overview import rules_with, themes
from aanspraak.web.pages import page

router = APIRouter(route_class=PageRoute, include_in_schema=False)


@router.get("/regels")
async def decisions(request: Request) -> HTMLResponse:
    """All decisions by theme, or the decisions and rules that have the words looked for."""
    base, words = rules(request), request.query_params.get("zoek", "")
    return page("regels", base=base, zoek=words, themas=themes(base, words), regels=rules_with(base, words))


@router.get("/regels/{besluit}")
async def decision(request: Request, besluit: str) -> HTMLResponse:
    """A decision: its rules, sources and history."""
    base = rules(request)
    shown = base.decision(besluit)
    turns = groupby(timeline(base, besluit), key=lambda turn: turn.dag)
    return page(
        "besluit",
        base=base,
        besluit=shown,
        rust_op=[d for d in decisions_under(base, shown) if d is not shown],
        gebruikt_door=_users(base, shown),
        geschiedenis=[(day, day - timedelta(days=1), list(group)) for day, group in turns],
        hervormingen=reforms(base),
        vandaag=date.today(),
    )


@router.get("/regels/{besluit}/verschil")
async def difference(request: Request, besluit: str) -> HTMLResponse:
    """What differs in a decision between two days, or by a reform."""
    base, asked = rules(request), dict(request.query_params)
    base.decision(besluit)
    then, fault, found = named_law(base, proposal.chosen(base, asked.get("hervorming", ""), asked)), "", []
    told = (read_day(asked.get(name, ""), name) for name in ("van", "tot"))
    before, after = compared_days(then.reform, *told)
    try:
        found = changes((base, before), (then.base, after), besluit)
    except CaseError as error:
        fault = error.said
    return page(
        "verschil",
        400 if fault else 200,
        base=then.base,
        besluit=base.decision(besluit),
        van=before,
        tot=after,
        hervorming=then.reform,
        hervormingen=reforms(base),
        wijzigingen=found,
        fout=fault,
    )


@router.get("/bronnen")
async def sources(request: Request) -> HTMLResponse:
    """Every source, and the decisions with rules that rest on it."""
    base = rules(request)
    used: dict[str, dict[str, Decision]] = {}
    for decision, rule in rules_of(base):
        for cited in (*rule.grond, *(rule.praktijk.grond if rule.praktijk else ())):
            used.setdefault(cited.bron, {})[decision.id] = decision
    return page("bronnen", base=base, gebruikt=used)


@router.get("/hervormingen")
async def all_reforms(request: Request) -> HTMLResponse:
    """Every reform."""
    return page("hervormingen", base=rules(request), hervormingen=reforms(rules(request)))


@router.get("/hervormingen/{naam}")
async def reform(request: Request, naam: str) -> Response:
    """A reform: what it leaves open, the rules that end and begin, and the decisions that it touches; what is filled
    in for what it leaves open becomes part of its address."""
    base, fields = rules(request), dict(request.query_params)
    if proposal.OPEN_OF in fields:
        return RedirectResponse(f"/hervormingen/{quote(proposal.chosen(base, naam, fields))}", 303)
    then = named_law(base, naam)
    return page("hervorming", base=then.base, hervorming=then.reform, geraakt=touched(then))


@router.get("/over")
async def about(request: Request) -> HTMLResponse:
    """What this is and is not."""
    base = rules(request)
    laws = sorted((s for s in base.bronnen.values() if s.stand), key=lambda s: s.titel)
    counts: dict[str, Any] = {"besluiten": len(base.besluiten), "regels": sum(1 for _ in rules_of(base))}
    return page(
        "over", base=base, versie=version("aanspraak"), wetten=laws, aantal=counts | {"bronnen": len(base.bronnen)}
    )


def _users(base: RuleBase, decision: Decision) -> list[Decision]:
    if decision.id not in parts(base):
        return []
    return [d for d in base.besluiten.values() if d is not decision and decision in decisions_under(base, d)]
