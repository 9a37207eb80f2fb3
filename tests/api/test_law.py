"""The law over HTTP, in the shape of the contract."""

from __future__ import annotations

from datetime import date

import httpx
import pytest

from aanspraak.api import law_models as shapes
from aanspraak.engine.checklist_changes import changed_checks
from aanspraak.engine.law import named_law
from aanspraak.engine.model import RuleBase, rules_of
from aanspraak.engine.reform import changed_situations
from aanspraak.engine.timeline import timeline


def test_every_decision_has_its_page_and_timeline(api: httpx.Client, base: RuleBase) -> None:
    listed = shapes.Besluiten.model_validate_json(api.get("/besluiten").content)
    assert {line.besluit for line in listed.items} == set(base.besluiten)
    for line in listed.items:
        page = shapes.Besluit.model_validate_json(api.get(f"/besluiten/{line.besluit}").content)
        assert [rule.id for rule in page.regels] == [rule.id for rule in base.besluiten[line.besluit].regels]
        days = shapes.Tijdlijn.model_validate_json(api.get(f"/besluiten/{line.besluit}/tijdlijn").content).dagen
        assert [day.dag for day in days] == [turn.dag for turn in timeline(base, line.besluit)]


def test_every_rule_has_its_address(api: httpx.Client, base: RuleBase) -> None:
    listed = shapes.Regels.model_validate_json(api.get("/regels").content).items
    assert [rule.id for rule in listed] == [rule.id for _, rule in rules_of(base)]
    for rule in listed[::25]:
        assert shapes.Regel.model_validate_json(api.get(f"/regels/{rule.id}").content) == rule


def test_a_rule_tells_all_that_it_is(api: httpx.Client) -> None:
    said = api.get("/regels/pgb-betaalt-geen-behandeling").json()
    assert said["als"][1] == {
        "begrip": "leveringsvorm",
        "waarden": said["als"][1]["waarden"],
        "intervallen": [],
        "woorden": said["als"][1]["woorden"],
    }
    assert set(said["als"][1]["waarden"]) == {"pgb", "pgb_mpt"}
    assert said["dan"]["wet"] == {"waarde": "wlz", "label": said["dan"]["wet"]["label"]}
    assert ("wlz", "3.3.3") in [(ground["bron"], ground["vindplaats"]) for ground in said["bronnen"]]


def test_rules_are_found_by_word_and_by_source(api: httpx.Client) -> None:
    by_word = api.get("/regels", params={"zoek": "LOGEREN"}).json()["items"]
    assert by_word
    assert all("logeren" in f"{rule['id']} {rule['omdat']}".casefold() for rule in by_word)
    by_source = api.get("/regels", params={"bron": "significant-2022"}).json()["items"]
    assert by_source
    assert all("significant-2022" in [ground["bron"] for ground in rule["bronnen"]] for rule in by_source)
    assert api.get("/regels", params={"bron": "bestaat-niet"}).json() == {"items": []}


def test_concepts_sources_and_reforms_are_as_their_lists_say(api: httpx.Client, base: RuleBase) -> None:
    concepts = shapes.Begrippen.model_validate_json(api.get("/begrippen").content).items
    assert {concept.begrip for concept in concepts} == set(base.begrippen)
    assert shapes.Begrip.model_validate_json(api.get("/begrippen/leveringsvorm").content).codes
    sources = shapes.Bronnen.model_validate_json(api.get("/bronnen").content).items
    assert {source.bron for source in sources} == set(base.bronnen)
    cited = shapes.BronMetRegels.model_validate_json(api.get("/bronnen/wlz").content).aangehaald_door
    assert {c.regel for c in cited} == {
        rule.id
        for _, rule in rules_of(base)
        if any(c.bron == "wlz" for c in (*rule.grond, *(rule.praktijk.grond if rule.praktijk else ())))
    }
    for reform in shapes.Hervormingen.model_validate_json(api.get("/hervormingen").content).items:
        one = api.get(f"/hervormingen/{reform.hervorming}")
        assert shapes.Hervorming.model_validate_json(one.content) == reform


def test_a_difference_is_that_of_the_engine(api: httpx.Client, base: RuleBase) -> None:
    name, reform = "keuze_leveringsvorm", "een-leveringsvorm-setting:modulair=mpt"
    said = api.get(f"/besluiten/{name}/verschil", params={"hervorming": reform})
    found, then = shapes.Verschil.model_validate_json(said.content), named_law(base, reform)
    assert then.reform
    assert (found.van, found.tot, found.hervorming) == (then.reform.vanaf, then.reform.vanaf, reform)
    expected = list(changed_situations((base, found.van), (then.base, found.tot), name))
    told = [(c.voor and c.voor.id, c.na and c.na.id, c.aantal_situaties) for c in found.veranderingen]
    assert told == [(c.voor.id, c.na.id, len(c.situaties)) for c in expected]
    for change, shift in zip(expected, found.veranderingen, strict=True):
        both = {field: (pair.voor.waarde, pair.na.waarde) for field, pair in shift.uitkomst.items()}
        differ = {n: (v, change.na.dan[n]) for n, v in change.voor.dan.items() if change.na.dan[n] != v}
        assert both == differ
        assert [[c.begrip for c in s] for s in shift.situaties] == [list(s) for s in change.situaties[:100]]


def test_a_difference_between_two_days_of_a_checklist(api: httpx.Client, base: RuleBase) -> None:
    days = {"van": "2020-01-01", "tot": "2027-01-01"}
    found = shapes.Verschil.model_validate_json(api.get("/besluiten/meerzorg_gronden/verschil", params=days).content)
    sides = ((base, date(2020, 1, 1)), (base, date(2027, 1, 1)))
    expected = [(c.voor and c.voor.id, c.na and c.na.id) for c in changed_checks(*sides, "meerzorg_gronden")]
    assert expected
    assert [(c.voor and c.voor.id, c.na and c.na.id) for c in found.veranderingen] == expected
    said = api.get("/besluiten/meerzorg_gronden/verschil", params={"van": "1990-01-01"})
    assert said.status_code == 422
    assert "Kies twee dagen daarbinnen" in said.json()["detail"]


def test_a_reform_with_its_own_values_has_its_page(api: httpx.Client) -> None:
    said = api.get("/hervormingen/termijn-spoedopname:dagen=42")
    found = shapes.Hervorming.model_validate_json(said.content)
    assert found.hervorming == "termijn-spoedopname:dagen=42"
    assert [(p.parameter, p.waarde) for p in found.parameters] == [("dagen", "42")]
    said = api.get("/hervormingen/termijn-spoedopname:weken=6")
    assert (said.status_code, said.json()["detail"][-11:]) == (422, "Wel: dagen.")


def test_a_reform_and_a_day_of_knowledge_lie_over_the_rules(api: httpx.Client) -> None:
    assert api.get("/regels/specifiek-naar-zvw").status_code == 404
    with_reform = api.get("/regels/specifiek-naar-zvw", params={"hervorming": "behandeling-naar-zvw"})
    assert with_reform.json()["geldig"]["van"] == "2027-01-01"
    assert api.get("/besluiten", params={"hervorming": "bestaat-niet"}).status_code == 422
    known = api.get("/besluiten", params={"kennisdatum": "1950-01-01"})
    assert known.status_code == 200


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/besluiten/aard_paramedisch", "Er is geen besluit «aard_paramedisch». Bedoelt u aard_paramedische_zorg"),
        ("/regels/h330", "Er is geen regel «h330»."),
        ("/begrippen/leeftijdd", "Bedoelt u leeftijd"),
        ("/bronnen/wz", "Er is geen bron «wz»."),
        ("/hervormingen/behandeling", "Er is geen hervorming «behandeling»."),
        ("/hervormingen/..%2Fbronnen", "Dit adres is er niet."),
        ("/besluiten/", "Dit adres is er niet."),
        ("/iets", "Dit adres is er niet. De adressen staan in /v1/openapi.json."),
    ],
)
def test_what_is_not_there_is_told(api: httpx.Client, path: str, words: str) -> None:
    said = api.get(path)
    assert said.headers["content-type"] == "application/problem+json"
    assert (said.status_code, said.json()["title"]) == (404, "Niet gevonden")
    assert words in said.json()["detail"]


def test_another_method_is_refused(api: httpx.Client) -> None:
    said = api.put("/besluiten")
    assert (said.status_code, said.headers["allow"]) == (405, "GET")
    assert said.json()["title"] == "Deze methode kan hier niet"


def test_all_methods_of_an_address_are_named(api: httpx.Client) -> None:
    assert api.put("/taken/x").headers["allow"] == "DELETE, GET"
