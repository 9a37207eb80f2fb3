"""Reforms: which rule takes the place of which, over every situation, and what that means for a case."""

from collections.abc import Mapping

import pytest

from aanspraak.engine.answer import answer
from aanspraak.engine.cells import Facts
from aanspraak.engine.model import RuleBase
from aanspraak.engine.reader import read_reform, read_rules
from aanspraak.engine.reform import apply_reform, changed_situations

BASE = read_rules()

# Of a reform, the decisions that change, each with the rule before and the rule after.
CHANGES: dict[str, Mapping[str, set[tuple[str, str]]]] = {
    "grz-vervalt-met-wlz-aanbod": {
        "toegang_zorgvorm": {
            ("grz-met-indicatie", "grz-voortaan-uit-de-wlz"),
            ("grz-zelfde-instelling", "grz-voortaan-uit-de-wlz"),
        },
        "op_en_afschalen": {
            ("schalen-naar-grz-met-indicatie", "schalen-naar-revalidatie-uit-de-wlz"),
            ("schalen-naar-grz-zelfde-instelling", "schalen-naar-revalidatie-uit-de-wlz"),
        },
        "zorgonderdeel_paramedisch": {
            ("paramedisch-bij-revalidatie", "paramedisch-geen-zorgvorm"),
            ("paramedisch-logopedie", "paramedisch-geen-zorgvorm"),
            ("paramedisch-logopedie-zonder-doel", "paramedisch-geen-zorgvorm"),
        },
        "termijn_grz": set(),
    },
    "grz-vervalt-zonder-wlz-aanbod": {
        "toegang_zorgvorm": {("grz-zelfde-instelling", "grz-zelfde-instelling-open")},
        "op_en_afschalen": {("schalen-naar-grz-zelfde-instelling", "schalen-naar-grz-met-indicatie")},
        "zorgonderdeel_wet": set(),
    },
    "eerste-twintig-na-opname": {
        "grenzen_paramedische_zorg": {("eerste-twintig", "na-opname-vanaf-de-eerste")},
        "bekostiging_paramedische_zorg": {
            ("algemeen-niet-verzekerd", "algemeen-verzekerd"),
            ("algemeen-op-behandelplek-niet-verzekerd", "algemeen-op-behandelplek"),
            ("gzsp-niet-verzekerd", "gzsp-verzekerd"),
            ("zonder-wlz-niet-verzekerd", "zonder-wlz-verzekerd"),
        },
    },
    "vpt-inclusief-vervalt": {
        "bekostiging_paramedische_zorg": {("specifiek-vpt-inclusief", "vpt-voortaan-h330")},
        "bekostiging_behandeling": {
            ("specifiek-in-het-tarief", "vpt-voortaan-los-so"),
            ("specifiek-in-het-tarief", "vpt-voortaan-los-avg"),
            ("specifiek-in-het-tarief", "vpt-voortaan-los-andere"),
        },
        "consult": {
            ("consult-in-pakket", "vpt-voortaan-consult-so"),
            ("consult-in-pakket", "vpt-voortaan-consult-arts-vg"),
            ("consult-in-pakket", "vpt-voortaan-consult-andere"),
        },
        "pakket_leveringsvorm": {("pakket-vpt-inclusief-behandeling", "vpt-voortaan-zonder-behandeling")},
        "bekostiging_mondzorg": set(),
    },
}

HEUP = {"zorgvorm": "grz_intramuraal", "wlz_indicatie": "ja"}
FYSIO = {"discipline": "fysiotherapie", "zorgkader": "los", "leeftijd": 78, "behandelingen_aandoening": 3}
OUTCOMES = [
    pytest.param(
        "grz-vervalt-met-wlz-aanbod", "toegang_zorgvorm", HEUP | {"leveringsvorm": "mpt"},
        ("ja", "zvw"), ("geen", "wlz"),
        id="mevrouw woont thuis met een mpt, breekt een heup en moet revalideren; voortaan uit de Wlz",
    ),
    pytest.param(
        "grz-vervalt-zonder-wlz-aanbod", "toegang_zorgvorm", HEUP | {"leveringsvorm": "verblijf_met_behandeling"},
        ("geen", "geen"), ("ja", "zvw"),
        id="een bewoner van een verpleeghuis met behandeling breekt een heup; voortaan uit de Zvw",
    ),
    pytest.param(
        "grz-vervalt-zonder-wlz-aanbod", "toegang_zorgvorm", HEUP | {"leveringsvorm": "mpt"},
        ("ja", "zvw"), ("ja", "zvw"),
        id="voor mevrouw met een mpt verandert niets zolang de Wlz geen gelijkwaardige revalidatie heeft",
    ),
    pytest.param(
        "eerste-twintig-na-opname", "grenzen_paramedische_zorg",
        FYSIO | {"aandoening": "herstel_na_opname", "maanden_termijn": 2},
        ("niet_verzekerd",), ("verzekerd",),
        id="de vierde keer fysiotherapie na een heupoperatie",
    ),
    pytest.param(
        "eerste-twintig-na-opname", "grenzen_paramedische_zorg", FYSIO | {"aandoening": "extrapiramidale_aandoening"},
        ("niet_verzekerd",), ("niet_verzekerd",),
        id="de vierde keer fysiotherapie bij parkinson blijft voor eigen rekening",
    ),
    pytest.param(
        "vpt-inclusief-vervalt", "bekostiging_behandeling",
        {"soort_behandeling": "so", "wlz_indicatie": "ja", "leveringsvorm": "vpt_inclusief"},
        ("wlz", "instellingsbudget", "geen", "instelling"),
        ("wlz", "modulair_zorgkantoor", "H335", "gecontracteerde_behandelaar"),
        id="de specialist ouderengeneeskunde bij meneer met een vpt inclusief behandeling",
    ),
    pytest.param(
        "vpt-inclusief-vervalt", "bekostiging_behandeling",
        {"soort_behandeling": "so", "wlz_indicatie": "ja", "leveringsvorm": "verblijf_met_behandeling"},
        ("wlz", "instellingsbudget", "geen", "instelling"), ("wlz", "instellingsbudget", "geen", "instelling"),
        id="voor een bewoner van een verpleeghuis met behandeling verandert niets",
    ),
]  # fmt: skip


def reformed(name: str) -> RuleBase:
    return apply_reform(BASE, read_reform(BASE, name))


@pytest.mark.parametrize(
    ("name", "decision", "expected"),
    [(name, decision, pairs) for name, decisions in CHANGES.items() for decision, pairs in decisions.items()],
    ids=lambda part: part if isinstance(part, str) else "",
)
def test_these_rules_take_the_place_of_those(name: str, decision: str, expected: set[tuple[str, str]]) -> None:
    day = read_reform(BASE, name).vanaf
    found = changed_situations((BASE, day), (reformed(name), day), decision)
    assert {(change.voor.id, change.na.id) for change in found} == expected


@pytest.mark.parametrize(("name", "decision", "facts", "before", "after"), OUTCOMES)
def test_case(name: str, decision: str, facts: Facts, before: tuple[str, ...], after: tuple[str, ...]) -> None:
    day = read_reform(BASE, name).vanaf
    outcomes = [answer(base, decision, facts, day).uitkomst for base in (BASE, reformed(name))]
    assert [tuple(outcome.values()) for outcome in outcomes if outcome] == [before, after]
