"""The law: decisions, rules, concepts, sources, reforms, and the days on which rules change."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from aanspraak.api.asked import Base, Besluit, LawInQuery, Reform, decision_in, missing
from aanspraak.api.law_models import (
    Begrip,
    Begrippen,
    Besluiten,
    BronMetRegels,
    Bronnen,
    Hervorming,
    Hervormingen,
    Regel,
    Regels,
    Tijdlijn,
    Verschil,
)
from aanspraak.api.law_models import (
    Besluit as BesluitModel,
)
from aanspraak.api.models import Day
from aanspraak.api.problems import Json
from aanspraak.engine.changes import changes, compared_days
from aanspraak.engine.law import named_law, reforms
from aanspraak.engine.model import rules_of
from aanspraak.engine.render_changes import shift_data
from aanspraak.engine.render_law import (
    concept_page,
    decision_line,
    decision_page,
    reform_page,
    rule_page,
    source_line,
    source_page,
    turns_data,
)
from aanspraak.engine.timeline import timeline

router = APIRouter(tags=["Regels"])


@router.get("/besluiten", operation_id="besluiten", responses={200: {"model": Besluiten}})
async def besluiten(base: LawInQuery) -> Response:
    """De besluiten die er zijn, per thema."""
    return Json(Besluiten.of([decision_line(decision) for decision in base.besluiten.values()]))


@router.get("/besluiten/{besluit}", operation_id="besluit", responses={200: {"model": BesluitModel}})
async def besluit(base: LawInQuery, besluit: Besluit) -> Response:
    """Een besluit met al zijn regels, en de gegevens waar het naar kijkt."""
    return Json(decision_page(base, decision_in(base, besluit)))


@router.get("/besluiten/{besluit}/tijdlijn", operation_id="tijdlijn", responses={200: {"model": Tijdlijn}})
async def tijdlijn(base: LawInQuery, besluit: Besluit) -> Response:
    """De dagen waarop regels van een besluit, of van wat eronder ligt, beginnen of vervallen."""
    decision = decision_in(base, besluit)
    return Json({"besluit": decision.id, "dagen": turns_data(base, timeline(base, decision.id))})


@router.get("/besluiten/{besluit}/verschil", operation_id="verschil", responses={200: {"model": Verschil}})
async def verschil(
    base: Base,
    besluit: Besluit,
    van: Annotated[
        Day | None, Query(description="Zonder: bij een hervorming de dag van `tot`, anders vandaag.")
    ] = None,
    tot: Annotated[Day | None, Query(description="Zonder: de dag waarop de hervorming ingaat, anders vandaag.")] = None,
    hervorming: Reform = None,
) -> Response:
    """Wat er in een besluit verandert tussen twee dagen, of door een voorstel."""
    decision, then = decision_in(base, besluit), named_law(base, hervorming or "")
    before, after = compared_days(then.reform, van, tot)
    found = changes((base, before), (then.base, after), decision.id)
    data = {
        "besluit": decision.id,
        "van": before.isoformat(),
        "tot": after.isoformat(),
        "hervorming": then.reform.id if then.reform else None,
        "veranderingen": [shift_data(base, then.base, shift) for shift in found],
    }
    return Json(data)


@router.get("/regels", operation_id="regels", responses={200: {"model": Regels}})
async def regels(
    base: LawInQuery,
    zoek: Annotated[str, Query(description="Alleen regels met dit woord in hun id of reden.")] = "",
    bron: Annotated[str, Query(description="Alleen regels die deze bron aanhalen.")] = "",
) -> Response:
    """De regels van alle besluiten."""
    word = zoek.casefold()
    found = (
        rule_page(base, decision, rule)
        for decision, rule in rules_of(base)
        if word in f"{rule.id} {rule.omdat}".casefold() and (not bron or any(c.bron == bron for c in rule.grond))
    )
    return Json(Regels.of(list(found)))


@router.get("/regels/{regel}", operation_id="regel", responses={200: {"model": Regel}})
async def regel(base: LawInQuery, regel: str) -> Response:
    """Eén regel: wanneer zij geldt, wat zij bepaalt, en op welke grond."""
    for decision, rule in rules_of(base):
        if rule.id == regel:
            return Json(rule_page(base, decision, rule))
    raise missing("regel", regel, [rule.id for _, rule in rules_of(base)])


@router.get("/begrippen", operation_id="begrippen", responses={200: {"model": Begrippen}})
async def begrippen(base: Base) -> Response:
    """De gegevens en uitkomsten waarvan de regels spreken."""
    return Json(Begrippen.of([concept_page(base, concept) for concept in base.begrippen.values()]))


@router.get("/begrippen/{begrip}", operation_id="begrip", responses={200: {"model": Begrip}})
async def begrip(base: Base, begrip: str) -> Response:
    """Eén begrip: de vraag, de waarden, en de codes in standaarden."""
    if begrip not in base.begrippen:
        raise missing("begrip", begrip, base.begrippen)
    return Json(concept_page(base, base.begrippen[begrip]))


@router.get("/bronnen", operation_id="bronnen", responses={200: {"model": Bronnen}})
async def bronnen(base: Base) -> Response:
    """De wetten en documenten die de regels aanhalen."""
    return Json(Bronnen.of([source_line(source) for source in base.bronnen.values()]))


@router.get("/bronnen/{bron}", operation_id="bron", responses={200: {"model": BronMetRegels}})
async def bron(base: Base, bron: str) -> Response:
    """Eén bron, met de regels die haar aanhalen."""
    if bron not in base.bronnen:
        raise missing("bron", bron, base.bronnen)
    return Json(source_page(base, base.bronnen[bron]))


@router.get("/hervormingen", operation_id="hervormingen", responses={200: {"model": Hervormingen}})
async def hervormingen(base: Base) -> Response:
    """De voorstellen die over de regels gelegd kunnen worden: verkenningen, geen geldend recht."""
    return Json(Hervormingen.of([reform_page(base, reform) for reform in reforms(base).values()]))


@router.get("/hervormingen/{hervorming}", operation_id="hervorming", responses={200: {"model": Hervorming}})
async def hervorming(base: Base, hervorming: str) -> Response:
    """Eén voorstel: wat het verandert, en wat het openlaat; ook met eigen waarden, als «naam:parameter=waarde»."""
    if hervorming.partition(":")[0] not in reforms(base):
        raise missing("hervorming", hervorming, reforms(base))
    found = named_law(base, hervorming).reform
    assert found  # noqa: S101 - it was named
    return Json(reform_page(base, found))
