"""Cases over HTTP: the same as the engine says, in the shape of the contract, and every mistake in words."""

from __future__ import annotations

from datetime import date
from typing import Any

import httpx
import pytest
from pydantic import TypeAdapter

from aanspraak.api.models import Antwoord, Lijstantwoord, OpenVragen
from aanspraak.engine.answer import answer, table_for
from aanspraak.engine.asking import to_ask
from aanspraak.engine.collect import collect
from aanspraak.engine.law import named_law
from aanspraak.engine.model import PEILDATUM, Decision, Example, RuleBase
from aanspraak.engine.questions import open_questions
from aanspraak.engine.reader import read_rules
from aanspraak.engine.render import as_data
from aanspraak.engine.render_list import list_as_data

TODAY = date.today()
EXAMPLES = [(d, example) for d in read_rules().besluiten.values() for example in d.voorbeelden]
PARAMEDISCH = "bekostiging_paramedische_zorg"
BSN = "123456782"


def casus(example: Example) -> dict[str, Any]:
    """An example of a rule file as a request."""
    days = {"peildatum": example.peildatum or TODAY, "kennisdatum": example.kennisdatum}
    given = {name: str(value) if isinstance(value, date) else value for name, value in example.gegeven.items()}
    return {"gegeven": given, **{name: day.isoformat() for name, day in days.items() if day}}


def test_every_example_is_answered_as_the_engine_does(api: httpx.Client, base: RuleBase) -> None:
    shapes = {True: TypeAdapter(Lijstantwoord), False: TypeAdapter(Antwoord)}
    for decision, example in EXAMPLES:
        if not decision.geldig[0] <= (example.peildatum or TODAY).toordinal() <= decision.geldig[1]:
            continue
        said = api.post(f"/besluiten/{decision.id}/antwoorden", json=casus(example))
        assert said.status_code == 200, f"{decision.id}: {example.naam}: {said.text}"
        shapes[decision.verzamel].validate_json(said.content)
        assert said.json() == expected(base, decision, example), example.naam


def expected(base: RuleBase, decision: Decision, example: Example) -> dict[str, Any]:
    known = named_law(base, "", example.kennisdatum).base
    facts, day = example.gegeven, example.peildatum or TODAY
    questions = open_questions(table_for(known, decision.id, facts), {**facts, PEILDATUM: day})
    if decision.verzamel:
        data = list_as_data(known, collect(known, decision.id, facts, day), questions)
    else:
        data = as_data(known, answer(known, decision.id, facts, day), questions)
    when = example.kennisdatum.isoformat() if example.kennisdatum else None
    return {**data, "kennisdatum": when, "niet_van_belang": []}


def test_a_talk_ends_in_an_answer(api: httpx.Client) -> None:
    """Answer the first question with the first of what is offered, until there is none."""
    facts: dict[str, Any] = {}
    for _ in range(30):
        said = api.post(f"/besluiten/{PARAMEDISCH}/vragen", json={"gegeven": facts, "peildatum": "2026-01-01"})
        shape = OpenVragen.model_validate_json(said.content)
        if shape.volgende is None:
            break
        facts[shape.volgende.begrip] = offered(said.json()["volgende"]["antwoorden"])
    found = api.post(f"/besluiten/{PARAMEDISCH}/antwoorden", json={"gegeven": facts, "peildatum": "2026-01-01"}).json()
    assert found["status"] == "beslist"
    assert found["regels"]
    assert found["regels"][0]["bronnen"]
    assert found["vragen"] == []


def offered(answers: list[dict[str, Any]]) -> str | int:
    """The first that can be answered; 0 to what only tells how much is left."""
    if not answers:
        return 0
    assert answers[0]["regels"]
    return (answers[0]["waarden"] or [interval["van"] for interval in answers[0]["intervallen"]])[0]


def test_questions_are_those_of_the_engine(api: httpx.Client, base: RuleBase) -> None:
    facts = {"wlz_indicatie": "ja", "leveringsvorm": "mpt"}
    said = api.post(f"/besluiten/{PARAMEDISCH}/vragen", json={"gegeven": facts, "peildatum": "2026-01-01"}).json()
    asked = [said["volgende"]["begrip"], *(question["begrip"] for question in said["daarna"])]
    assert asked == to_ask(base, PARAMEDISCH, facts, date(2026, 1, 1))


def test_a_reform_gives_another_answer_and_says_so(api: httpx.Client) -> None:
    facts = {"wlz_indicatie": "ja", "leveringsvorm": "mpt", "aard_paramedische_zorg": "specifiek"}
    case = {"gegeven": facts, "peildatum": "2027-06-01"}
    now = api.post(f"/besluiten/{PARAMEDISCH}/antwoorden", json=case).json()
    then = api.post(f"/besluiten/{PARAMEDISCH}/antwoorden", json={**case, "hervorming": "behandeling-naar-zvw"}).json()
    assert (now["uitkomst"]["wet"]["waarde"], now["hervormingen"]) == ("wlz", [])
    assert (then["uitkomst"]["wet"]["waarde"], then["hervormingen"]) == ("zvw", ["behandeling-naar-zvw"])


def test_a_fact_that_does_not_matter_is_named(api: httpx.Client) -> None:
    facts = {"specifieke_kennis_nodig": "ja", "leveringsvorm": "mpt"}
    said = api.post("/besluiten/aard_paramedische_zorg/antwoorden", json={"gegeven": facts}).json()
    assert said["niet_van_belang"] == ["leveringsvorm"]
    assert said["gegeven"] == {"specifieke_kennis_nodig": "ja"}


@pytest.mark.parametrize(
    ("body", "status", "words"),
    [
        ({"gegeven": {"leeftijdd": 4}}, 422, "gegeven.leeftijdd: er is geen gegeven «leeftijdd». Bedoelt u leeftijd"),
        ({"gegeven": {"wlz_indicatie": "mischien"}}, 422, "kies uit ja, nee; laat het weg als het niet bekend is"),
        ({"gegeven": {"leeftijd": 5000}}, 422, "gegeven.leeftijd: «5000» ligt buiten"),
        ({"gegeven": {"peildatum": "2026-01-01"}}, 422, "gegeven.peildatum: de peildatum is geen gegeven"),
        ({"gegeven": {"wlz_indicatie": "nee", "leveringsvorm": "mpt"}}, 422, "Dit kan niet samen"),
        ({"peildatum": "1950-01-01"}, 422, "valt daarbuiten"),
        ({"hervorming": "/etc/passwd"}, 422, "Kies uit alle-behandeling-wlz"),
        ({"hervorming": "../begrippen/client"}, 422, "Kies uit alle-behandeling-wlz"),
        ({"peildatum": "1-7-2025"}, 400, "peildatum: geef een datum als jjjj-mm-dd"),
        ({"peildatum": 20250701}, 400, "peildatum: geef een datum als jjjj-mm-dd"),
        ({"kennisdatum": "2025-02-30"}, 400, "kennisdatum: geef een datum als jjjj-mm-dd"),
        ({"gegeven": {"wlz_indicatie": True}}, 400, "gegeven.wlz_indicatie: is geen tekst"),
        ({"gegeven": ["wlz_indicatie"]}, 400, "gegeven: is geen lijst van namen met waarden"),
        ({"naam": "x"}, 400, "naam: is hier niet bekend; haal het weg"),
        ([], 400, "het verzoek: is geen JSON-object"),
    ],
)
def test_a_mistake_is_told_in_words(api: httpx.Client, body: Any, status: int, words: str) -> None:
    said = api.post(f"/besluiten/{PARAMEDISCH}/antwoorden", json=body)
    assert said.headers["content-type"] == "application/problem+json"
    problem = said.json()
    assert (said.status_code, problem["status"]) == (status, status)
    assert words in problem["detail"]


def test_what_is_no_json_is_told(api: httpx.Client) -> None:
    said = api.post(f"/besluiten/{PARAMEDISCH}/antwoorden", content="{", headers={"content-type": "application/json"})
    assert said.status_code == 400
    assert "is geen geldige JSON" in said.json()["detail"]


def test_what_cannot_be_written_is_no_fault_of_ours(api: httpx.Client) -> None:
    """Half a character, that JSON can say and UTF-8 cannot."""
    body = '{"gegeven": {"wlz_indicatie": "\\ud800"}}'
    said = api.post(f"/besluiten/{PARAMEDISCH}/antwoorden", content=body, headers={"content-type": "application/json"})
    assert said.status_code == 422
    assert "«?»" in said.json()["detail"]


def test_a_bsn_is_not_said_back(api: httpx.Client) -> None:
    for facts in ({"wlz_indicatie": BSN}, {BSN: "ja"}, {f"x {BSN}": 1}):
        said = api.post(f"/besluiten/{PARAMEDISCH}/antwoorden", json={"gegeven": facts})
        assert said.status_code == 422
        assert BSN not in said.text
    said = api.post(f"/besluiten/{PARAMEDISCH}/antwoorden", json={BSN: "ja"})
    assert said.status_code == 400
    assert BSN not in said.text
    assert BSN not in api.get(f"/besluiten/{BSN}").text


def test_nothing_of_a_case_is_logged(api: httpx.Client, capfd: pytest.CaptureFixture[str]) -> None:
    api.post(f"/besluiten/{PARAMEDISCH}/antwoorden", json={"gegeven": {"leeftijd": "verzonnen"}})
    api.get("/regels", params={"zoek": "verzonnen"})
    assert "verzonnen" not in "".join(capfd.readouterr())
