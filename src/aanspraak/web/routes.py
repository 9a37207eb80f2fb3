"""The addresses of the pages about a case: choose a question, answer one at a time, read the answer.

The functions are `async`, though they wait for nothing: so they run one after another, and what the engine keeps is
never written by two at once.
"""

from __future__ import annotations

from datetime import date

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from aanspraak.engine.graph import valid_on
from aanspraak.engine.law import reforms
from aanspraak.engine.model import PEILDATUM, CaseError, UserError
from aanspraak.engine.rule_words import period
from aanspraak.web import bulk_routes, law_routes, proposal
from aanspraak.web.asked import question
from aanspraak.web.casus import LAYERS, REFORM, Case, changed, next_question, read_case
from aanspraak.web.errors import PageRoute, rules
from aanspraak.web.letter import AVAILABLE, pdf
from aanspraak.web.outcome import Outcome, differences, outcome, side_by_side
from aanspraak.web.overview import themes
from aanspraak.web.pages import html, page

router = APIRouter(route_class=PageRoute, include_in_schema=False)
router.include_router(law_routes.router)
router.include_router(bulk_routes.router)

ANSWERED, CHANGE, SKIP = "beantwoord", "wijzig", "overslaan"
OTHER_DAY, OTHER_REFORM = "andere_dag", "andere_hervorming"
CONTROLS = (ANSWERED, CHANGE, SKIP, OTHER_DAY, OTHER_REFORM)
"""What a form says besides the case; no concept has such a name (tests/web)."""

COMPARED = "afweging_zorgvorm"
"""The decision of which the first page offers to compare the forms of care."""

Pairs = list[tuple[str, str]]


@router.get("/")
async def home(request: Request) -> HTMLResponse:
    """Choose a question."""
    base, words = rules(request), request.query_params.get("zoek", "")
    return page("start", base=base, zoek=words, themas=themes(base, words), afweging=COMPARED in base.besluiten)


@router.get("/vraag/{besluit}")
async def ask(request: Request, besluit: str) -> Response:
    """The next question of a case, one to answer again, or the answer to one; at the end to the outcome."""
    pairs, controls = _split(request)
    answered, change = controls.get(ANSWERED, ""), controls.get(CHANGE, "")
    if answered == PEILDATUM:
        return _take_day(request, besluit, pairs, controls)
    if change == PEILDATUM or not dict(pairs).get(PEILDATUM):
        return _ask_day(request, besluit, pairs)
    if answered:
        return _take(request, besluit, pairs, answered, skip=SKIP in controls)
    case = _case(request, besluit, pairs, change)
    try:
        name = change or next_question(case)
        return _question(case, name) if name else RedirectResponse(case.address("antwoord"), 303)
    except CaseError as error:
        return _clash(case, error)


@router.get("/antwoord/{besluit}")
async def result(request: Request, besluit: str) -> Response:
    """What the rules say of a case, and why."""
    pairs, controls = _split(request)
    case = _case(request, besluit, pairs)
    if not dict(pairs).get(PEILDATUM):
        return RedirectResponse(case.address("antwoord"), 303)  # the link must give the same tomorrow
    try:
        if case.compared:
            return page("naast", base=case.base, casus=case, uitkomsten=side_by_side(case))
        found = outcome(case)
    except CaseError as error:
        return _clash(case, error)
    other, fault = _other(request, case, pairs, controls)
    return page(
        "antwoord",
        base=case.base,
        casus=case,
        uitkomst=found,
        ander=other,
        ander_fout=fault,
        verschillen=differences(found, other) if other else {},
        keuze=dict.fromkeys(CONTROLS, "") | controls,
        hervormingen=reforms(rules(request)),
        pdf=AVAILABLE,
    )


@router.get("/brief/{besluit}")
async def letter(request: Request, besluit: str) -> Response:
    """The answer as a motivation letter in PDF."""
    case = _case(request, besluit, _split(request)[0])
    text = html("brief", base=case.base, casus=case, uitkomst=outcome(case))
    headers = {"Content-Disposition": f'attachment; filename="motivering-{case.decision.id}.pdf"'}
    return Response(await run_in_threadpool(pdf, text), media_type="application/pdf", headers=headers)


def _split(request: Request) -> tuple[Pairs, dict[str, str]]:
    """What stands in an address: the case, and what a form says besides."""
    items = request.query_params.multi_items()
    controls = {n: v for n, v in items if n in CONTROLS or proposal.is_control(n)}
    return [p for p in items if p[0] not in controls], controls


def _case(request: Request, name: str, pairs: Pairs, asked: str = "") -> Case:
    """The case, with the question `asked` in it: where it was, or at the end without an answer."""
    given = dict(pairs)
    if asked:
        given.setdefault(asked, "")
    return read_case(rules(request), name, given.items(), date.today())


def _ask_day(request: Request, name: str, pairs: Pairs, fault: str = "") -> HTMLResponse:
    """The first page: the day, and for who wants it a reform or what was known."""
    base = rules(request)
    return page(
        "dag",
        400 if fault else 200,
        base=base,
        besluit=base.decision(name),
        gegeven=dict.fromkeys(LAYERS, "") | dict(pairs),
        vandaag=date.today(),
        geldig=valid_on(base, name),
        hervormingen=reforms(base),
        voorstel=proposal.shown(base, dict(pairs).get(REFORM, "")),
        fout=fault,
    )


def _take_day(request: Request, name: str, pairs: Pairs, controls: dict[str, str]) -> Response:
    base, asked = rules(request), dict(pairs).get(REFORM, "")
    reform = proposal.chosen(base, asked, controls)
    pairs = [(n, reform if n == REFORM else v) for n, v in pairs]
    if proposal.asks_more(base, asked, controls):
        return _ask_day(request, name, pairs)
    try:
        if not dict(pairs).get(PEILDATUM):
            return _ask_day(request, name, pairs, "Vul een datum in.")
        case = _case(request, name, pairs)
    except CaseError as error:
        return _ask_day(request, name, pairs, error.said)
    first, last = valid_on(case.base, name)
    if not first <= case.day.toordinal() <= last:
        return _ask_day(request, name, pairs, f"Wij kennen deze regels {period((first, last))}. Kies zo'n dag.")
    return RedirectResponse(case.address("vraag"), 303)


def _take(request: Request, name: str, pairs: Pairs, answered: str, *, skip: bool) -> Response:
    """The answer to a question as it was sent: on to the next, or the same page with what is wrong."""
    written = dict(pairs).get(answered, "")
    case = _case(request, name, [(n, "" if n == answered else v) for n, v in pairs], answered)
    try:
        asked = question(case.before(answered), answered)
    except CaseError as error:
        return _clash(case, error)
    try:
        then = changed(case, answered, None if skip else asked.parse(written))
        next_question(then)
    except CaseError as error:
        return _question(case, answered, error.said, written)
    except ValueError as error:
        return _question(case, answered, f"{error}.", written)
    return RedirectResponse(then.address("vraag"), 303)


def _question(case: Case, name: str, fault: str = "", written: str | None = None) -> HTMLResponse:
    before = case.before(name)
    given = dict(case.answers).get(name)
    return page(
        "vraag",
        400 if fault else 200,
        base=case.base,
        casus=case,
        ervoor=before,
        erna=case.answers[len(before.answers) + 1 :],
        vraag=question(before, name),
        waarde="" if given is None else str(given),
        getypt=written,
        fout=fault,
    )


def _clash(case: Case, error: CaseError) -> HTMLResponse:
    return page("tegenstrijdig", 400, base=case.base, casus=case, fout=error.said)


def _other(request: Request, case: Case, pairs: Pairs, controls: dict[str, str]) -> tuple[Outcome | None, str]:
    """The same case on the other day or under the other reform that was asked for, or why that cannot be."""
    if OTHER_DAY not in controls and OTHER_REFORM not in controls:
        return None, ""
    reform = proposal.chosen(rules(request), controls.get(OTHER_REFORM, ""), controls)
    layers = {PEILDATUM: controls.get(OTHER_DAY) or str(case.day), REFORM: reform}
    try:
        return outcome(_case(request, case.decision.id, [*(dict(pairs) | layers).items()])), ""
    except UserError as error:
        return None, error.said
