"""Cases: the answer, and the questions that still count. By POST: nothing of a case is in an address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from aanspraak.api.asked import Base, Besluit, asked_law, decision_in
from aanspraak.api.models import Antwoord, Casus, Lijstantwoord, OpenVragen
from aanspraak.api.problems import Json
from aanspraak.engine.answer import answer, table_for
from aanspraak.engine.asking import accepted, to_ask
from aanspraak.engine.collect import collect
from aanspraak.engine.given import Value, read_facts
from aanspraak.engine.model import PEILDATUM, RuleBase
from aanspraak.engine.questions import effects, open_questions
from aanspraak.engine.render import as_data, question
from aanspraak.engine.render_law import admitted
from aanspraak.engine.render_list import list_as_data

router = APIRouter(prefix="/besluiten/{besluit}", tags=["Casussen"])


@dataclass(frozen=True, slots=True)
class Asked:
    """A case, read: `idle` are facts that the decision never looks at."""

    base: RuleBase
    besluit: str
    facts: dict[str, Value]
    peildatum: date
    kennisdatum: date | None
    idle: list[str]


def read_casus(base: RuleBase, besluit: str, casus: Casus) -> Asked:
    """The case in a request. Raises Problem where there is no such decision, CaseError with every wrong fact."""
    asked = asked_law(base, casus.hervorming, casus.kennisdatum)
    decision = decision_in(asked, besluit)
    written = ((name, raw, f"gegeven.{name}") for name, raw in casus.gegeven.items() if raw is not None)
    values = read_facts(asked, decision, written)
    used = _accepted(asked, besluit)
    facts = {name: value for name, value in values.items() if name in used}
    idle = [name for name in values if name not in used]
    return Asked(asked, besluit, facts, casus.peildatum or date.today(), casus.kennisdatum, idle)


def answer_data(asked: Asked) -> dict[str, Any]:
    """The answer as `aanspraak toets --json` gives it, and the facts that it does not look at."""
    base, case = asked.base, (asked.base, asked.besluit, asked.facts, asked.peildatum)
    questions = _open_questions(*_frozen(asked))
    if base.decision(asked.besluit).verzamel:
        data = list_as_data(base, collect(*case), questions)
    else:
        data = as_data(base, answer(*case), questions)
    known = asked.kennisdatum.isoformat() if asked.kennisdatum else None
    return {**data, "kennisdatum": known, "niet_van_belang": asked.idle}


def questions_data(asked: Asked) -> dict[str, Any]:
    """What to ask, in order; of the first what every answer leaves open."""
    names = to_ask(asked.base, asked.besluit, asked.facts, asked.peildatum)
    first, later = (names[0], names[1:]) if names else (None, [])
    return {
        "besluit": asked.besluit,
        "peildatum": asked.peildatum.isoformat(),
        "volgende": {**question(asked.base, first), "antwoorden": _answers(asked, first)} if first else None,
        "daarna": [question(asked.base, name) for name in later],
    }


def _answers(asked: Asked, name: str) -> list[dict[str, Any]]:
    """Empty where the answer changes only what is left of a limit, or a day."""
    table, facts = table_for(asked.base, asked.besluit, asked.facts), {**asked.facts, PEILDATUM: asked.peildatum}
    if name not in _open_questions(*_frozen(asked)):
        return []
    concept = asked.base.concept(name)
    return [{**admitted(e.als, concept), "regels": sorted(e.regels)} for e in effects(table, facts, name)]


@router.post("/antwoorden", operation_id="beantwoord", responses={200: {"model": Antwoord | Lijstantwoord}})
async def beantwoord(base: Base, besluit: Besluit, casus: Casus) -> Response:
    """Beantwoord een casus: wie betaalt, hoe, hoeveel en waarom; of welke vragen nog open zijn."""
    return Json(answer_data(read_casus(base, besluit, casus)))


@router.post("/vragen", operation_id="vraag", responses={200: {"model": OpenVragen}})
async def vraag(base: Base, besluit: Besluit, casus: Casus) -> Response:
    """Noem de vragen die het antwoord nog veranderen, in volgorde, en wat elk antwoord op de eerste openlaat."""
    return Json(questions_data(read_casus(base, besluit, casus)))


Frozen = tuple[RuleBase, str, frozenset[tuple[str, Value]], date]


def _frozen(asked: Asked) -> Frozen:
    return asked.base, asked.besluit, frozenset(asked.facts.items()), asked.peildatum


@lru_cache(maxsize=4096)
def _open_questions(base: RuleBase, besluit: str, facts: frozenset[tuple[str, Value]], day: date) -> tuple[str, ...]:
    """Kept, because many cases begin alike and the first questions take the most work."""
    known = dict(facts)
    return tuple(open_questions(table_for(base, besluit, known), {**known, PEILDATUM: day}))


@lru_cache(maxsize=1024)
def _accepted(base: RuleBase, besluit: str) -> frozenset[str]:
    return frozenset(accepted(base, base.decision(besluit)))
