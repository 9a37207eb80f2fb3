"""Reforms: which rule takes the place of which, over every situation, and what that means for a case."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from aanspraak.engine.answer import answer
from aanspraak.engine.cells import Facts
from aanspraak.engine.model import RuleBase, RuleError, UserError
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
        "zorgonderdeel_wet": {("zorgvorm-revalidatie", "zorgvorm-revalidatie-voor-iedereen")},
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
    "termijn-spoedopname": {
        "termijn_spoedopname": {
            ("spoed-besluit-te-laat", "spoed-langer-terugwerkend"),
            ("spoed-besluit-te-laat", "spoed-toch-te-laat"),
            ("spoed-wachten-op-besluit", "spoed-langer-wachten"),
            ("spoed-zonder-besluit", "spoed-langer-wachten"),
            ("spoed-zonder-besluit", "spoed-nog-zonder-besluit"),
        },
        "termijn_indicatiebesluit": set(),
    },
    "een-leveringsvorm-zorgzwaarte": {
        "keuze_leveringsvorm": {
            ("keuze-thuis", "zwaar-alleen-verblijf"),
            ("keuze-pgb", "zwaar-alleen-verblijf"),
            ("keuze-deeltijdverblijf", "zwaar-alleen-verblijf"),
            ("keuze-verblijf", "licht-modulair"),
            ("keuze-thuis", "licht-modulair"),
            ("keuze-deeltijdverblijf", "licht-modulair"),
        },
        "bekostiging_paramedische_zorg": {
            ("h330-naast-exclusief", "zwaar-paramedisch-in-het-tarief"),
            ("specifiek-verblijf-met-behandeling", "licht-paramedisch-los"),
            ("specifiek-vpt-inclusief", "licht-paramedisch-los"),
        },
        "bekostiging_mondzorg": set(),
    },
    "een-leveringsvorm-setting": {
        "keuze_leveringsvorm": {
            ("keuze-verblijf", "thuis-modulair"),
            ("keuze-thuis", "thuis-modulair"),
            ("keuze-deeltijdverblijf", "thuis-modulair"),
        },
        "bekostiging_paramedische_zorg": {
            ("h330-naast-exclusief", "instelling-paramedisch-in-het-tarief"),
            ("specifiek-verblijf-met-behandeling", "instelling-paramedisch-in-het-tarief"),
            ("specifiek-vpt-inclusief", "thuis-paramedisch-los"),
        },
    },
    "een-leveringsvorm-beide": {
        "bekostiging_paramedische_zorg": {
            ("h330-naast-exclusief", "zwaar-instelling-paramedisch-in-het-tarief"),
            ("specifiek-verblijf-met-behandeling", "zwaar-instelling-paramedisch-in-het-tarief"),
            ("specifiek-verblijf-met-behandeling", "licht-of-thuis-paramedisch-los"),
            ("specifiek-vpt-inclusief", "licht-of-thuis-paramedisch-los"),
        },
    },
    "een-leveringsvorm-per-sector": {
        "bekostiging_paramedische_zorg": {
            ("h330-naast-exclusief", "vv-instelling-paramedisch-in-het-tarief"),
            ("specifiek-verblijf-met-behandeling", "vv-instelling-paramedisch-in-het-tarief"),
            ("specifiek-vpt-inclusief", "vv-thuis-paramedisch-los"),
            ("h330-naast-exclusief", "ghz-zwaar-paramedisch-in-het-tarief"),
            ("specifiek-verblijf-met-behandeling", "ghz-licht-paramedisch-los"),
            ("specifiek-vpt-inclusief", "ghz-licht-paramedisch-los"),
        },
    },
    "alle-behandeling-wlz": {
        "bekostiging_hulpmiddelen": {
            ("hulpmiddel-zvw", "verzorging-en-kleding-voortaan-wlz"),
            ("kleding-elders-onbekend", "verzorging-en-kleding-voortaan-wlz"),
            ("hulpmiddel-zvw", "persoonsgebonden-voortaan-wlz"),
        },
        "bekostiging_mondzorg": {
            ("mondzorg-zvw", "mondzorg-voortaan-wlz"),
            ("mondzorg-eigen-rekening", "mondzorg-voortaan-wlz"),
        },
        "mondzorg_na_verblijf": set(),
    },
    "behandeling-naar-zvw": {
        "bekostiging_psychische_behandeling": {
            ("psychisch-integraal-in-het-tarief", "psychisch-voortaan-zvw"),
            ("psychisch-grondslag-in-het-tarief", "psychisch-voortaan-zvw"),
            ("psychisch-integraal-in-het-tarief", "psychisch-kind-onbekend"),
            ("psychisch-grondslag-in-het-tarief", "psychisch-kind-onbekend"),
        },
        "bekostiging_mondzorg": set(),
        "bekostiging_hulpmiddelen": set(),
    },
}

IN_TARIFF = ("wlz", "instellingsbudget", "geen", "instelling")
H330 = ("wlz", "modulair_zorgkantoor", "H330", "gecontracteerde_behandelaar")
H335 = ("wlz", "modulair_zorgkantoor", "H335", "gecontracteerde_behandelaar")
ZVW = ("zvw", "zvw_basis", "zvw_prestatie", "zorgverlener_zvw")
ZVW_NEW = ("zvw", "zvw_basis", "onbekend", "zorgverlener_zvw")

HEUP = {"zorgvorm": "grz_intramuraal", "wlz_indicatie": "ja"}
FYSIO = {"discipline": "fysiotherapie", "zorgkader": "los", "leeftijd": 78, "behandelingen_aandoening": 3}
LATE = {"uitslag_indicatie": "afgegeven", "dagen_sinds_besluit": -1, "verblijf_in_instelling": "ja"}
AT_HOME = {"gewenste_leveringsvorm": "mpt", "verantwoord_thuis": "ja", "doelmatig_thuis": "ja"}
THERAPY = {
    "wlz_indicatie": "ja", "leveringsvorm": "verblijf_zonder_behandeling", "aard_paramedische_zorg": "specifiek",
}  # fmt: skip

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
        IN_TARIFF, H335,
        id="de specialist ouderengeneeskunde bij meneer met een vpt inclusief behandeling",
    ),
    pytest.param(
        "vpt-inclusief-vervalt", "bekostiging_behandeling",
        {"soort_behandeling": "so", "wlz_indicatie": "ja", "leveringsvorm": "verblijf_met_behandeling"},
        IN_TARIFF, IN_TARIFF,
        id="voor een bewoner van een verpleeghuis met behandeling verandert niets",
    ),
    pytest.param(
        "termijn-spoedopname", "termijn_spoedopname", LATE | {"dagen_opname_tot_besluit": 28},
        ("zvw", "nee"), ("wlz", "ja"),
        id="mevrouw is met spoed opgenomen en het besluit komt na vier weken",
    ),
    pytest.param(
        "termijn-spoedopname", "termijn_spoedopname", LATE | {"dagen_opname_tot_besluit": 29},
        ("zvw", "nee"), ("zvw", "nee"),
        id="het besluit komt een dag later",
    ),
    pytest.param(
        "termijn-spoedopname:dagen=42", "termijn_spoedopname", LATE | {"dagen_opname_tot_besluit": 42},
        ("zvw", "nee"), ("wlz", "ja"),
        id="met een zelf gekozen termijn van zes weken",
    ),
    pytest.param(
        "een-leveringsvorm-zorgzwaarte", "keuze_leveringsvorm", AT_HOME | {"zorgprofiel": "VV7"},
        ("kan",), ("kan_niet",),
        id="meneer heeft een hoge zorgzwaarte en wil thuis blijven met een mpt",
    ),
    pytest.param(
        "een-leveringsvorm-zorgzwaarte", "keuze_leveringsvorm", AT_HOME | {"zorgprofiel": "VV4"},
        ("kan",), ("kan",),
        id="mevrouw heeft een lagere zorgzwaarte en wil thuis blijven met een mpt",
    ),
    pytest.param(
        "een-leveringsvorm-zorgzwaarte", "keuze_leveringsvorm",
        {"zorgprofiel": "VV4", "gewenste_leveringsvorm": "verblijf", "verantwoord_thuis": "nee"},
        ("kan",), ("kan",),
        id="wie thuis niet veilig is, houdt het recht op verblijf",
    ),
    pytest.param(
        "een-leveringsvorm-zorgzwaarte:zwaar=VV4+VV7", "keuze_leveringsvorm", AT_HOME | {"zorgprofiel": "VV4"},
        ("kan",), ("kan_niet",),
        id="met een lagere drempel kan mevrouw niet meer thuis blijven",
    ),
    pytest.param(
        "een-leveringsvorm-setting", "keuze_leveringsvorm", AT_HOME | {"zorgprofiel": "VV7"},
        ("kan",), ("kan",),
        id="naar de plek mag meneer met een hoge zorgzwaarte thuis blijven",
    ),
    pytest.param(
        "een-leveringsvorm-setting", "bekostiging_paramedische_zorg", THERAPY | {"zorgprofiel": "VV4"},
        H330, IN_TARIFF,
        id="fysiotherapie in een instelling die nu geen behandeling geeft",
    ),
    pytest.param(
        "een-leveringsvorm-beide", "bekostiging_paramedische_zorg", THERAPY | {"zorgprofiel": "VV4"},
        H330, H330,
        id="naar plek en zorgzwaarte samen verandert dat bij een lagere zorgzwaarte niet",
    ),
    pytest.param(
        "een-leveringsvorm-beide", "bekostiging_paramedische_zorg", THERAPY | {"zorgprofiel": "VG7"},
        H330, IN_TARIFF,
        id="en bij een hoge zorgzwaarte wel",
    ),
    pytest.param(
        "een-leveringsvorm-per-sector", "bekostiging_paramedische_zorg", THERAPY | {"zorgprofiel": "VG3"},
        H330, H330,
        id="in de gehandicaptenzorg telt de zorgzwaarte",
    ),
    pytest.param(
        "een-leveringsvorm-per-sector", "bekostiging_paramedische_zorg", THERAPY | {"zorgprofiel": "GGZ-W4"},
        H330, H330,
        id="de ggz blijft zoals zij is",
    ),
    pytest.param(
        "alle-behandeling-wlz", "bekostiging_behandeling",
        {"soort_behandeling": "huisarts", "wlz_indicatie": "ja", "leveringsvorm": "verblijf_zonder_behandeling"},
        ZVW, IN_TARIFF,
        id="griep op een plek zonder behandeling",
    ),
    pytest.param(
        "alle-behandeling-wlz", "bekostiging_behandeling",
        {"soort_behandeling": "medisch_specialist", "wlz_indicatie": "ja", "leveringsvorm": "vpt_exclusief"},
        ZVW, ZVW,
        id="de staaroperatie van meneer met een vpt blijft Zvw",
    ),
    pytest.param(
        "alle-behandeling-wlz", "consult",
        {"wlz_indicatie": "ja", "leveringsvorm": "mpt", "inschakeling": "so"},
        H335, H335,
        id="voor mevrouw met een mpt verandert het consult niet",
    ),
    pytest.param(
        "behandeling-naar-zvw", "consult",
        {"wlz_indicatie": "ja", "leveringsvorm": "mpt", "inschakeling": "so"},
        H335, ZVW_NEW,
        id="de huisarts vraagt een specialist ouderengeneeskunde bij mevrouw met een mpt",
    ),
    pytest.param(
        "behandeling-naar-zvw", "bekostiging_behandeling",
        {"soort_behandeling": "huisarts", "wlz_indicatie": "ja", "leveringsvorm": "verblijf_met_behandeling"},
        IN_TARIFF, IN_TARIFF,
        id="het voornemen noemt de huisarts niet",
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


def test_a_choice_is_part_of_the_name_of_the_reform() -> None:
    """So that an answer tells what was reckoned with, and can be given again."""
    name = "een-leveringsvorm-zorgzwaarte:zwaar=VV7+VV8,modulair=mpt"
    reform = read_reform(BASE, name)
    assert reform.id == name
    assert reformed(name).hervormingen == (name,)
    assert "Nu gerekend met VV7 en VV8." in " ".join(reform.laat_open)
    assert read_reform(BASE, "een-leveringsvorm-zorgzwaarte").id == "een-leveringsvorm-zorgzwaarte"


@pytest.mark.parametrize(
    ("name", "error", "words"),
    [
        ("termijn-spoedopname:weken=4", UserError, "heeft geen parameter «weken». Wel: dagen."),
        ("vpt-inclusief-vervalt:a=b", UserError, "heeft geen parameter «a». Wel: geen."),
        ("termijn-spoedopname:dagen", UserError, "schrijf termijn-spoedopname:parameter=waarde."),
        ("termijn-spoedopname:dagen=veel", RuleError, "«veel» is geen heel getal"),
        ("een-leveringsvorm-zorgzwaarte:zwaar=VV99", RuleError, "onbekende waarde VV99; kies uit VV1"),
    ],
)
def test_a_choice_that_cannot_be(name: str, error: type[UserError], words: str) -> None:
    with pytest.raises(error, match=re.escape(words)):
        read_reform(BASE, name)


def test_a_parameter_that_is_not_described(tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    path.write_text(
        "hervorming: plan\ntitel: Plan\ngrond: [bzv 2.4]\nvanaf: 2027-01-01\nwijzigingen:\n- besluit: consult\n"
        "  regels:\n  - {id: a, als: {inschakeling: $wie}, grond: [bzv 2.4], omdat: Zo is het.}\n",
        encoding="utf-8",
    )
    with pytest.raises(RuleError, match=r"plan\.yaml:8: «\$wie» is geen parameter van deze hervorming"):
        read_reform(BASE, str(path))
