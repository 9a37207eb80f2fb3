"""A typed client of the API, to copy: a function for what most programs need, over httpx and pydantic.

    with connect("http://127.0.0.1:8000") as api:
        said = answer(api, "aard_paramedische_zorg", {"specifieke_kennis_nodig": "ja"})
        print(said.uitkomst["aard_paramedische_zorg"].label, said.regels[0].omdat)

The models hold what most programs need of an answer; the whole contract is at /v1/openapi.json.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Literal

import httpx
from pydantic import BaseModel

Facts = Mapping[str, str | int]
"""What is known of a case: concept → value. What is left out is unknown."""


class Value(BaseModel):
    waarde: str
    label: str


class Citation(BaseModel):
    titel: str
    vindplaats: str
    link: str | None


class Ground(BaseModel):
    id: str
    omdat: str
    bronnen: list[Citation]
    afleiding: str | None


class Question(BaseModel):
    begrip: str
    soort: Literal["keuze", "ja_nee", "getal", "datum"]
    vraag: str
    uitleg: str
    waarden: dict[str, str]
    eenheid: str | None


class Answer(BaseModel):
    """With status `open`, `vragen` says what must be known."""

    besluit: str
    status: Literal["beslist", "open"]
    uitkomst: dict[str, Value]
    regels: list[Ground]
    voorwaarden: list[str]
    regelen: list[str]
    vragen: list[Question]


class Decision(BaseModel):
    besluit: str
    thema: str
    titel: str
    vraag: str
    lijst: bool


class ApiError(Exception):
    """The API refused: what is wrong and what to do about it, in Dutch; and where in the request."""

    def __init__(self, status: int, problem: Mapping[str, Any]) -> None:
        places = [f"{fault['plaats']}: {fault['melding']}" for fault in problem.get("fouten") or ()]
        super().__init__("\n".join([problem["detail"], *places]))
        self.status = status


def connect(address: str = "http://127.0.0.1:8000", token: str | None = None) -> httpx.Client:
    """The API of a server; `token` where it asks to log in. Close it, or use it with `with`."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return httpx.Client(base_url=f"{address}/v1", headers=headers, timeout=30)


def decisions(api: httpx.Client) -> list[Decision]:
    """What can be asked."""
    return [Decision.model_validate(item) for item in _said(api.get("/besluiten"))["items"]]


def answer(api: httpx.Client, besluit: str, facts: Facts, on: date | None = None, reform: str | None = None) -> Answer:
    """What the rules say of a case, on a day (today) and if need be under a reform; not for a checklist."""
    return Answer.model_validate(_said(api.post(f"/besluiten/{besluit}/antwoorden", json=_case(facts, on, reform))))


def next_question(api: httpx.Client, besluit: str, facts: Facts, on: date | None = None) -> Question | None:
    """What to ask first, or nothing when nothing asked can change the answer."""
    asked = _said(api.post(f"/besluiten/{besluit}/vragen", json=_case(facts, on, None)))["volgende"]
    return Question.model_validate(asked) if asked else None


def decide_csv(api: httpx.Client, besluiten: Sequence[str], cases: bytes) -> bytes:
    """A file with a case a row, decided: its columns and for every decision the outcome and the rule. CSV, with `;`."""
    kind = {"Content-Type": "text/csv"}
    job = _said(api.post("/taken", params={"besluit": besluiten}, content=cases, headers=kind))
    place = f"/taken/{job['taak']}"
    while job["status"] in ("wacht", "bezig"):
        time.sleep(0.2)
        job = _said(api.get(place))
    if job["status"] == "mislukt":
        raise ApiError(422, {"detail": job["melding"]})
    table = api.get(f"{place}/uitkomst").raise_for_status().content
    api.delete(place).raise_for_status()  # leave nothing behind
    return table


def _case(facts: Facts, on: date | None, reform: str | None) -> dict[str, Any]:
    return {"gegeven": dict(facts), "peildatum": on.isoformat() if on else None, "hervorming": reform}


def _said(response: httpx.Response) -> dict[str, Any]:
    if response.is_error:
        raise ApiError(response.status_code, response.json())
    said: dict[str, Any] = response.json()
    return said
