"""Parts of short-term care: the tables and paragraphs of the Zorginstituut (2025, Bijlage 2), cell by cell, and whether
the decisions on parts and on scaling agree with the one on access."""

from datetime import date

import pytest

from aanspraak.engine.answer import answer
from aanspraak.engine.cells import Facts
from aanspraak.engine.reader import read_rules

BASE = read_rules()
DAY = date(2025, 9, 1)

# Columns of the table of paramedical care: care forms, and how the decision on the limits of art. 2.6 calls them.
COLUMNS = {
    "ELV-zorg": (("elv_laag", "elv_hoog"), "verblijf"),
    "intramurale GRZ": (("grz_intramuraal",), "revalidatie"),
    "wijkkliniekzorg": (("wijkkliniek",), "verblijf"),
    "ambulante GRZ": (("grz_ambulant",), "revalidatie"),
    "trajectzorg thuis": (("trajectzorg_thuis",), "los"),
}
# Rows: the last treatment that the limits of art. 2.6 allow, and the first that they do not.
WITHIN_AND_BEYOND: dict[str, tuple[Facts, Facts]] = {
    "fysiotherapie": (
        {"leeftijd": 80, "aandoening": "spierziekte", "behandelingen_aandoening": 20},
        {"leeftijd": 80, "aandoening": "spierziekte", "behandelingen_aandoening": 19},
    ),
    "oefentherapie": (
        {"leeftijd": 80, "aandoening": "spierziekte", "behandelingen_aandoening": 20},
        {"leeftijd": 80, "aandoening": "andere"},
    ),
    "ergotherapie": (
        {"doel_zelfredzaamheid": "ja", "behandelminuten_kalenderjaar": 10 * 60 - 1},
        {"doel_zelfredzaamheid": "ja", "behandelminuten_kalenderjaar": 10 * 60},
    ),
    "dietetiek": (
        {"geneeskundig_doel": "ja", "behandelminuten_kalenderjaar": 3 * 60 - 1},
        {"geneeskundig_doel": "ja", "behandelminuten_kalenderjaar": 3 * 60},
    ),
}
PLACES = [
    pytest.param(form, frame, id=f"{column}: {form}") for column, (forms, frame) in COLUMNS.items() for form in forms
]


def _outcome(decision: str, facts: Facts, day: date = DAY) -> dict[str, str]:
    got = answer(BASE, decision, facts, day).uitkomst
    assert got is not None, "open"
    return dict(got)


@pytest.mark.parametrize("discipline", WITHIN_AND_BEYOND)
@pytest.mark.parametrize(("form", "frame"), PLACES)
def test_limits_of_paramedical_care(form: str, frame: str, discipline: str) -> None:
    """The limits hold only in the column of care at home under the SO, and there they bite."""
    limited = form == "trajectzorg_thuis"
    part = _outcome("zorgonderdeel_paramedisch", {"zorgvorm": form, "wlz_indicatie": "nee", "discipline": discipline})
    assert (part["wet"], part["wetsartikel"]) == ("zvw", "bzv_2_6")
    assert part["grens_paramedisch"] == ("artikel_2_6" if limited else "geen")

    covered = [
        _outcome("grenzen_paramedische_zorg", {"discipline": discipline, "zorgkader": frame, **used})["zvw_dekking"]
        for used in WITHIN_AND_BEYOND[discipline]
    ]
    assert covered == ["verzekerd", "niet_verzekerd" if limited else "verzekerd"]


@pytest.mark.parametrize(("form", "frame"), PLACES)
def test_speech_therapy_needs_a_medical_purpose(form: str, frame: str) -> None:
    facts: Facts = {"zorgvorm": form, "wlz_indicatie": "nee", "discipline": "logopedie"}
    laws = [_outcome("zorgonderdeel_paramedisch", {**facts, "geneeskundig_doel": p})["wet"] for p in ("ja", "nee")]
    assert laws == ["zvw", "geen"]

    limits: Facts = {"discipline": "logopedie", "zorgkader": frame, "spraakherstel_verwacht": "ja"}
    covered = [_outcome("grenzen_paramedische_zorg", {**limits, "geneeskundig_doel": p}) for p in ("ja", "nee")]
    assert [c["zvw_dekking"] for c in covered] == ["verzekerd", "niet_verzekerd"]


# Paragraphs 2.2 to 2.6: the article that pays each part, in the order of FORMS. "-": the part is not there.
FORMS = ("elv_laag", "elv_hoog", "grz_intramuraal", "wijkkliniek", "grz_ambulant", "trajectzorg_thuis")
PARTS: list[tuple[str, Facts, str]] = [
    ("behandeling", {"behandelaar_kortdurend": "arts"}, "2.4 2.4 2.5c 2.4 2.5c 2.4"),
    ("behandeling", {"behandelaar_kortdurend": "psycholoog"}, "2.4 2.4 2.4 2.4 2.4 2.4"),
    ("geneesmiddelen", {"onlosmakelijk_middel": "nee"}, "2.8 2.8 2.8 2.4 2.8 2.8"),
    ("geneesmiddelen", {"onlosmakelijk_middel": "ja"}, "2.4 2.4 2.4 2.4 2.4 2.4"),
    ("hulpmiddelen", {"rol_hulpmiddel": "behandeling"}, "2.4 2.4 2.4 2.4 2.4 2.4"),
    ("hulpmiddelen", {"rol_hulpmiddel": "medisch_specialist"}, "2.4 2.4 2.4 2.4 2.4 2.4"),
    ("hulpmiddelen", {"rol_hulpmiddel": "uitrusting"}, "2.12 2.12 2.12 2.12 2.9 2.9"),
    ("hulpmiddelen", {"rol_hulpmiddel": "verbruik"}, "2.12 2.12 2.12 2.12 2.9 2.9"),
    ("hulpmiddelen", {"rol_hulpmiddel": "eigen"}, "2.9 2.9 2.9 2.9 2.9 2.9"),
    ("verblijf", {"verblijfsonderdeel": "verblijf"}, "2.12 2.12 2.12 2.12 - -"),
    ("verblijf", {"verblijfsonderdeel": "verpleging"}, "2.12 2.12 2.12 2.12 2.10 2.10"),
]
CELLS = [
    pytest.param(part, given, form, article, id=f"{'/'.join(map(str, given.values()))}: {form}")
    for part, given, row in PARTS
    for form, article in zip(FORMS, row.split(), strict=True)
]


@pytest.mark.parametrize(("part", "given", "form", "article"), CELLS)
def test_article_that_pays_each_part(part: str, given: Facts, form: str, article: str) -> None:
    facts: Facts = {"zorgvorm": form, "wlz_indicatie": "nee", "in_regeling_zorgverzekering": "ja", **given}
    got = _outcome(f"zorgonderdeel_{part}", facts)
    expected = ("geen", "geen") if article == "-" else ("zvw", f"bzv_{article.replace('.', '_')}")
    assert (got["wet"], got["wetsartikel"]) == expected


GROUPS: list[Facts] = [
    {"wlz_indicatie": "nee", "leveringsvorm": "geen"},
    *({"wlz_indicatie": "ja", "leveringsvorm": v} for v in BASE.begrippen["leveringsvorm"].waarden if v != "geen"),
]
GROUP_IDS = [str(group["leveringsvorm"]) for group in GROUPS]
TARGETS = {"elv_laag": "elv_laag", "elv_hoog": "elv_hoog", "grz": "grz_intramuraal", "wijkkliniek": "wijkkliniek"}
SCALING = {("ja", "zvw"): "mogelijk", ("geen", "wlz"): "mogelijk_uit_wlz", ("geen", "geen"): "niet_mogelijk"}


@pytest.mark.parametrize("day", [date(2024, 6, 1), DAY], ids=str)
@pytest.mark.parametrize("before", BASE.begrippen["grz_aanloop"].waarden)
@pytest.mark.parametrize("group", GROUPS, ids=GROUP_IDS)
def test_scaling_agrees_with_access(group: Facts, before: str, day: date) -> None:
    """From a bed for primary care a client can go to exactly the forms that are open to him."""
    for target, form in TARGETS.items():
        now = "elv_hoog" if target == "elv_laag" else "elv_laag"
        facts: Facts = {**group, "huidige_zorg": now, "gewenste_zorg": target, "grz_aanloop": before}
        scaling = _outcome("op_en_afschalen", facts, day)
        access = _outcome("toegang_zorgvorm", {**group, "zorgvorm": form, "grz_aanloop": before}, day)
        assert scaling == {"schaling": SCALING[access["toegang_kortdurend"], access["wet"]], "wet": access["wet"]}


@pytest.mark.parametrize("group", GROUPS, ids=GROUP_IDS)
def test_law_of_a_form_agrees_with_access(group: Facts) -> None:
    """Where a form is open to a client, its parts rest on the same law."""
    forms: list[Facts] = [{**group, "zorgvorm": form} for form in BASE.begrippen["zorgvorm"].waarden]
    access = [_outcome("toegang_zorgvorm", {**facts, "wlz_indicatie_verwacht": "nee"}) for facts in forms]
    laws = [_outcome("zorgonderdeel_wet", facts)["wet_zorgvorm"] for facts in forms]
    is_open = [(law, a["wet"]) for law, a in zip(laws, access, strict=True) if a["toegang_kortdurend"] == "ja"]
    assert is_open
    assert [law for law, _ in is_open] == [law for _, law in is_open]
