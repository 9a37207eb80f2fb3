"""The purchase conditions as checklists: they agree with the decisions about the client, and with their own terms."""

from datetime import date, timedelta
from itertools import product

import pytest

from aanspraak.engine.answer import answer
from aanspraak.engine.cells import Facts
from aanspraak.engine.collect import collect
from aanspraak.engine.dates import term_day
from aanspraak.engine.reader import read_rules

BASE = read_rules()
CHECKLISTS = sorted(name for name, decision in BASE.besluiten.items() if decision.thema == "inkoop")
DAY = date(2020, 3, 1)
YES_NO = ("ja", "nee")


def _refused(name: str, facts: Facts, day: date = DAY) -> list[str]:
    """Ids of the rules that refuse; no rule that refuses may still be open."""
    found = collect(BASE, name, facts, day)
    assert [miss.regel.id for miss in found.mogelijk if miss.regel.gevolg == "afwijzen"] == []
    return [rule.id for rule in found.treft if rule.gevolg == "afwijzen"]


@pytest.mark.parametrize("name", CHECKLISTS)
def test_after_2020_every_checklist_says_that_it_is_of_2020(name: str) -> None:
    """The policy is that of one year; nothing known of the provider, only that warning comes on 1 January 2021."""
    before = collect(BASE, name, {}, date(2020, 12, 31)).treft
    after = collect(BASE, name, {}, date(2021, 1, 1)).treft
    assert [rule.gevolg for rule in after if rule not in before] == ["signaleren"]
    assert [rule for rule in before if rule not in after] == []


PALLIATIVE = ("profielzorg_genoeg", "levensverwachting_kort", "alleen_voor_laatste_fase", "criteria_intensieve_ptz")


@pytest.mark.parametrize("form", [form for form in BASE.concept("leveringsvorm").waarden if form != "geen"])
def test_vv10_is_bought_for_the_clients_who_get_it(form: str) -> None:
    provider = {"volgt_richtlijn_palliatief": "ja", "volgt_beleidsregels_nza": "ja"}
    for values in product(YES_NO, repeat=len(PALLIATIVE)):
        client = {"leveringsvorm": form, **dict(zip(PALLIATIVE, values, strict=True))}
        paid = answer(
            BASE, "bekostiging_palliatieve_zorg", {"wlz_indicatie": "ja", "betaalwijze": "natura", **client}, DAY
        )
        assert paid.uitkomst is not None
        gets = paid.uitkomst["prestatiecode"] in ("zzp_vv10", "vpt_vv10")
        assert (_refused("inkoop_vv10", client | provider) == []) == gets, client


PLACES = [
    ("alles_op_een_plaats", "hele_behandeling", "ja", "ja"),
    ("lvg_behandelinstelling", "hele_behandeling", "nee", "ja"),
    ("lvg_behandelinstelling", "hele_behandeling", "ja", "nee"),
    ("andere_instelling", "deel_behandeling", "ja", "ja"),
    ("andere_instelling", "alleen_wonen", "ja", "ja"),
]
"""A place of `verzilveren_lvg` with a provider, and what that provider offers: care, three settings, a closed ward."""


@pytest.mark.parametrize(("place", "care", "settings", "closed"), PLACES)
@pytest.mark.parametrize("profile", ["LVG1", "LVG2", "LVG3", "LVG4", "LVG5"])
def test_lvg_is_bought_where_the_indication_can_be_used(
    profile: str, place: str, care: str, settings: str, closed: str
) -> None:
    client = {"zorgprofiel": profile, "lvg_plek": place, "wacht_op_lvg_plek": "nee", "lvg_voor_2020": "geen"}
    used = answer(BASE, "verzilveren_lvg", client, DAY)
    assert used.uitkomst is not None
    provider: Facts = {
        "lvg_expertise": "ja",
        "lvg_aanbod": care,
        "lvg_algemeen_medisch": "ja",
        "lvg_kwaliteit_medisch": "ja",
        "lvg_medisch_uit_tarief": "ja",
        "lvg_woonvoorziening": "ja",
        "lvg_drie_milieus": settings,
        "besloten_zorg_mogelijk": closed,
        "vg_pakket_gevraagd": "nee",
    }
    refused = _refused("inkoop_lvg", {"zorgprofiel": profile, **provider})
    assert (refused == []) == (used.uitkomst["lvg_verzilvering"] == "toegestaan")


@pytest.mark.parametrize("start", [date(2019, 3, 1), date(2019, 8, 31), date(2019, 11, 30), date(2020, 2, 29)])
@pytest.mark.parametrize("extensions", range(4))
def test_observation_is_refused_from_the_day_after_its_term(start: date, extensions: int) -> None:
    """A half year, and three months more with each extension, but never more than a year (Zorgkantoren 2020, 3.3)."""
    facts: Facts = {
        "startdatum_observatie": start,
        "verlengingen_observatie": extensions,
        "observatie_alleen_klinisch": "ja",
        "regionale_functie": "ja",
        "criteria_observatie": "ja",
        "behandelaar_eindverantwoordelijk": "ja",
        "observatie_door_hbo": "ja",
    }
    told = [t for rule in collect(BASE, "inkoop_observatie", facts, start).treft for t in rule.termijnen]
    last = [term_day(term, start) for term in told][min(extensions, 2)]
    refused = [_refused("inkoop_observatie", facts, start + timedelta(n)) != [] for n in range(400)]
    assert refused == [start + timedelta(n) > last for n in range(400)]


def test_observation_terms_are_these_days() -> None:
    (rule,) = collect(BASE, "inkoop_observatie", {"startdatum_observatie": DAY}, DAY).treft
    days = [term_day(term, DAY) for term in rule.termijnen]
    assert days == [date(2020, 8, 31), date(2020, 11, 30), date(2021, 2, 28)]
