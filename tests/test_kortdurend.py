"""Short-term care: the access tables of the Zorginstituut (2025), cell by cell, and the order of the fitting forms."""

from datetime import date

import pytest

from aanspraak.engine.answer import Answer, answer
from aanspraak.engine.cells import Facts
from aanspraak.engine.reader import read_rules

BASE = read_rules()
DAY = date(2025, 9, 1)

HOME = ("vpt_inclusief", "vpt_exclusief", "mpt", "pgb", "pgb_mpt")
GROUPS: dict[str, list[Facts]] = {
    "zonder": [{"wlz_indicatie": "nee", "wlz_indicatie_verwacht": "ja"}],
    "thuis": [{"wlz_indicatie": "ja", "leveringsvorm": form} for form in HOME],
    "zonder_behandeling": [{"wlz_indicatie": "ja", "leveringsvorm": "verblijf_zonder_behandeling"}],
    "met_behandeling": [{"wlz_indicatie": "ja", "leveringsvorm": "verblijf_met_behandeling"}],
}
ELV, GRZ = ("elv_laag", "elv_hoog"), ("grz_intramuraal", "grz_ambulant")
OPEN, NO, NOT_APPLICABLE = ("ja", "zvw"), "geen", "niet_van_toepassing"
ADAPT, AFTER_VV9B = ("na_aanpassing_leveringsvorm", "wlz"), ("na_vv9b_indicatie", "wlz")

# Table, rows of the table, then a cell for each group: the access, and the law where there is access.
# Table 3 says no more than access; where table 4.2 says after what, that is what is expected.
CELLS = [
    ("2", ELV, {"zonder": OPEN, "thuis": NO, "zonder_behandeling": NO, "met_behandeling": NO}),
    ("2", GRZ, {"zonder": OPEN, "thuis": OPEN, "zonder_behandeling": OPEN, "met_behandeling": NO}),
    ("2", ("wijkkliniek",), {"zonder": OPEN, "thuis": OPEN, "zonder_behandeling": OPEN, "met_behandeling": OPEN}),
    ("3", ("vv9b",), {"thuis": AFTER_VV9B}),
    ("3", ("wlz_crisis_vv",), {"thuis": ADAPT}),
    ("3", ("wlz_crisis_ghz",), {"thuis": ("ja", "wlz")}),
    ("3", ("wlz_kort_verblijf",), {"thuis": ADAPT}),
    ("3", (*GRZ, "wijkkliniek"), {"thuis": OPEN}),
    ("3", (*ELV, "trajectzorg_thuis"), {"thuis": NO}),
    ("4.1", GRZ, {"zonder": OPEN, "thuis": OPEN, "zonder_behandeling": OPEN, "met_behandeling": NO}),
    ("4.1", ELV, {"zonder": OPEN, "thuis": NO, "zonder_behandeling": NO, "met_behandeling": NO}),
    (
        "4.1",
        ("trajectzorg_thuis",),
        {"zonder": OPEN, "thuis": NO, "zonder_behandeling": NOT_APPLICABLE, "met_behandeling": NOT_APPLICABLE},
    ),
    ("4.1", ("wijkkliniek",), {"zonder": OPEN, "thuis": OPEN, "zonder_behandeling": OPEN, "met_behandeling": OPEN}),
    (
        "4.2",
        ("vv9b",),
        {
            "zonder": ("na_wlz_en_vv9b_indicatie", "wlz"),
            "thuis": AFTER_VV9B,
            "zonder_behandeling": AFTER_VV9B,
            "met_behandeling": AFTER_VV9B,
        },
    ),
    (
        "4.2",
        ("wlz_kort_verblijf",),
        {"zonder": NOT_APPLICABLE, "thuis": ADAPT, "zonder_behandeling": ADAPT, "met_behandeling": ADAPT},
    ),
    (
        "4.2",
        ("wlz_crisis_vv",),
        {
            "zonder": ("na_wlz_indicatie", "wlz"),
            "thuis": ADAPT,
            "zonder_behandeling": ("ja", "wlz"),
            "met_behandeling": ("ja", "wlz"),
        },
    ),
]


@pytest.mark.parametrize(
    ("form", "group", "expected"),
    [
        pytest.param(form, group, cell, id=f"tabel {table}: {form}, {group}")
        for table, forms, cells in CELLS
        for form in forms
        for group, cell in cells.items()
    ],
)
def test_access_is_as_in_the_table(form: str, group: str, expected: str | tuple[str, str]) -> None:
    for person in GROUPS[group]:
        found = _decided(answer(BASE, "toegang_zorgvorm", {"zorgvorm": form, **person}, DAY))
        if isinstance(expected, str):
            assert found["toegang_kortdurend"] == expected, person
        else:
            assert (found["toegang_kortdurend"], found["wet"]) == expected, person


def test_every_cell_of_the_tables_is_there() -> None:
    counted = {table: sum(len(cells) for t, _, cells in CELLS if t == table) for table, _, _ in CELLS}
    assert counted == {"2": 3 * 4, "3": 6, "4.1": 4 * 4, "4.2": 3 * 4}


def test_access_to_logeeropvang_is_as_in_its_own_decision() -> None:
    night: Facts = {"ontlast_mantelzorg": "ja", "indicatie_heel_jaar": "ja", "etmalen_logeeropvang": 0}
    for person in _people():
        access = _decided(answer(BASE, "toegang_zorgvorm", {"zorgvorm": "wlz_logeeropvang", **person}, DAY))
        own = _decided(answer(BASE, "logeeropvang_wlz", {**person, **night}, DAY))
        assert (access["toegang_kortdurend"] == "ja") == (own["logeeropvang_wlz"] == "ja"), person


@pytest.mark.parametrize("form", BASE.begrippen["zorgvorm"].waarden)
def test_who_has_access_has_the_law_that_pays_the_parts(form: str) -> None:
    for person in _people():
        access = _decided(answer(BASE, "toegang_zorgvorm", {"zorgvorm": form, **person}, DAY))
        if access["toegang_kortdurend"] in ("ja", "na_vv9b_indicatie", "na_aanpassing_leveringsvorm"):
            parts = _decided(answer(BASE, "zorgonderdeel_wet", {"zorgvorm": form, **person}, DAY))
            assert parts["wet_zorgvorm"] == access["wet"], person


def _people() -> list[Facts]:
    forms = [form for form in BASE.begrippen["leveringsvorm"].waarden if form != "geen"]
    return [*GROUPS["zonder"], *({"wlz_indicatie": "ja", "leveringsvorm": form} for form in forms)]


MEDICAL: Facts = {"aanleiding": "medisch", "acute_crisis": "nee", "verblijf_nodig": "ja"}
REHABILITATION: Facts = {
    **MEDICAL,
    "zorgdoel": "revalidatie",
    "complexiteit": "hoog",
    "regiebehandelaar": "so",
    "leerbaar": "ja",
    "gemotiveerd": "ja",
    "reele_doelen": "ja",
    "terugkeer_verwacht": "ja",
}
PNEUMONIA: Facts = {**MEDICAL, "zorgdoel": "behandeling", "complexiteit": "laag"}
UNEXPLAINED: Facts = {**PNEUMONIA, "complexiteit": "hoog", "regiebehandelaar": "so"}
CRISIS: Facts = {**UNEXPLAINED, "acute_crisis": "ja", "ernstige_problemen": "ja", "grondslag": "psychogeriatrisch"}
RELIEF: Facts = {"aanleiding": "sociaal", "acute_crisis": "nee"}
HOSPITAL: Facts = {**MEDICAL, "zorgdoel": "medisch_specialistisch", "diagnostiek_afgerond": "ja"}

NONE: Facts = {"wlz_indicatie": "nee", "wlz_indicatie_verwacht": "nee", "zorgbehoefte": "geen"}
ALMOST: Facts = {"wlz_indicatie": "nee", "wlz_indicatie_verwacht": "ja"}
AT_HOME: Facts = {"wlz_indicatie": "ja", "leveringsvorm": "mpt"}
IN_NURSING_HOME: Facts = {"wlz_indicatie": "ja", "leveringsvorm": "verblijf_met_behandeling"}

# A case in words, its facts, and the forms in order: first choice, then second choice.
ORDERS = [
    ("na een beroerte, zonder indicatie", {**NONE, **REHABILITATION}, ["grz_intramuraal"], ["elv_hoog"]),
    ("na een beroerte, thuis met een mpt", {**AT_HOME, **REHABILITATION}, ["grz_intramuraal"], ["vv9b"]),
    (
        "na een beroerte, met een mpt, en het kan thuis",
        {**AT_HOME, **REHABILITATION, "verblijf_nodig": "nee"},
        ["grz_ambulant"],
        [],
    ),
    ("met een mpt, en niet leerbaar", {**AT_HOME, **REHABILITATION, "leerbaar": "nee"}, ["vv9b"], []),
    ("na een beroerte, in het verpleeghuis", {**IN_NURSING_HOME, **REHABILITATION}, ["vv9b"], []),
    ("longontsteking, zonder indicatie", {**NONE, **PNEUMONIA}, ["elv_laag"], []),
    ("longontsteking, met een mpt", {**AT_HOME, **PNEUMONIA}, ["wlz_kort_verblijf"], []),
    ("onbegrepen achteruitgang, opname nodig", {**NONE, **UNEXPLAINED}, ["elv_hoog"], []),
    (
        "onbegrepen achteruitgang, het kan thuis",
        {**NONE, **UNEXPLAINED, "verblijf_nodig": "nee"},
        ["trajectzorg_thuis"],
        [],
    ),
    ("crisis bij dementie, indicatie komt", {**ALMOST, **CRISIS}, ["wlz_crisis_vv"], ["elv_hoog"]),
    ("crisis bij dementie, geen indicatie te verwachten", {**NONE, **CRISIS}, ["elv_hoog"], []),
    ("crisis bij dementie, met een mpt", {**AT_HOME, **CRISIS}, ["wlz_crisis_vv"], []),
    (
        "crisis bij een verstandelijke beperking, indicatie komt",
        {**ALMOST, **CRISIS, "grondslag": "verstandelijk", "regiebehandelaar": "arts_vg"},
        ["elv_hoog", "wlz_crisis_ghz"],
        [],
    ),
    (
        "crisis bij een verstandelijke beperking",
        {**AT_HOME, **CRISIS, "grondslag": "verstandelijk"},
        ["wlz_crisis_ghz"],
        [],
    ),
    ("mantelzorger op vakantie, zonder indicatie", {**NONE, **RELIEF}, ["wmo_logeeropvang"], []),
    ("mantelzorger op vakantie, met een mpt", {**AT_HOME, **RELIEF}, ["wlz_logeeropvang"], ["wlz_kort_verblijf"]),
    (
        "brand, zonder indicatie",
        {**NONE, **RELIEF, "acute_crisis": "ja", "ernstige_problemen": "nee"},
        ["wmo_crisisopvang"],
        [],
    ),
    ("infuus buiten het ziekenhuis, in het verpleeghuis", {**IN_NURSING_HOME, **HOSPITAL}, ["wijkkliniek"], []),
    ("gewone zorg is genoeg", {**NONE, **PNEUMONIA, "verblijf_nodig": "nee"}, [], []),
]


@pytest.mark.parametrize(("facts", "first", "second"), [pytest.param(*o[1:], id=o[0]) for o in ORDERS])
def test_forms_come_in_order(facts: Facts, first: list[str], second: list[str]) -> None:
    advice = {
        form: _decided(answer(BASE, "afweging_zorgvorm", {"zorgvorm": form, **facts}, DAY))["advies_zorgvorm"]
        for form in BASE.begrippen["zorgvorm"].waarden
    }
    assert [form for form, given in advice.items() if given == "eerste_keus"] == first
    assert [form for form, given in advice.items() if given == "tweede_keus"] == second


def _decided(given: Answer) -> dict[str, str]:
    assert given.uitkomst is not None, f"open: {given.gegeven}"
    return dict(given.uitkomst)
