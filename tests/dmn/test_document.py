"""The document itself: valid by the schemas of the OMG, complete, drawn, and the same each time."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from lxml import etree

from aanspraak.engine.dmn import Version, to_dmn
from aanspraak.engine.model import (
    CaseError,
    Citation,
    Concept,
    Decision,
    Rule,
    RuleBase,
    RuleError,
    Source,
    UserError,
)
from aanspraak.engine.reader import read_rules
from tests.dmn.readers import node_modules

BASE = read_rules()
DAY = date(2026, 1, 1)
VALID = (date(2020, 1, 1).toordinal(), date(2026, 12, 31).toordinal())
EARLIER = (VALID[0], date(2020, 12, 31).toordinal())


def schema(version: Version) -> etree.XMLSchema:
    number = version.replace(".", "")
    folder = node_modules() / "@kie-tools" / "dmn-marshaller" / "src" / "schemas" / f"dmn-{version.replace('.', '_')}"
    return etree.XMLSchema(etree.parse(Path(folder, f"DMN{number}.xsd")))


@pytest.mark.parametrize("version", ["1.3", "1.5"])
def test_every_decision_is_valid_by_the_schema(version: Version) -> None:
    valid = schema(version)
    for name in BASE.besluiten:
        valid.assertValid(etree.fromstring(to_dmn(BASE, name, DAY, version)))


def test_the_schema_would_tell() -> None:
    wrong = to_dmn(BASE, "consult", DAY).replace("<question>", "<vraag>").replace("</question>", "</vraag>")
    assert not schema("1.5").validate(etree.fromstring(wrong))


@pytest.mark.parametrize("name", BASE.besluiten)
def test_versions_differ_in_namespace_only_and_no_two_runs_differ(name: str) -> None:
    assert to_dmn(BASE, name, DAY) == to_dmn(BASE, name, DAY)
    assert to_dmn(BASE, name, DAY, "1.3") == to_dmn(BASE, name, DAY).replace("20230324", "20191111")


@pytest.mark.parametrize("name", BASE.besluiten)
def test_all_is_drawn_once_and_nothing_stands_on_another(name: str) -> None:
    root = etree.fromstring(to_dmn(BASE, name, DAY))
    drawn = [shape.get("dmnElementRef") for shape in root.iterfind(".//{*}DMNShape")]
    arrows = [edge.get("dmnElementRef") for edge in root.iterfind(".//{*}DMNEdge")]
    assert sorted(drawn) == sorted(
        e.get("id") for tag in ("decision", "inputData") for e in root.iterfind(f"{{*}}{tag}")
    )
    assert sorted(arrows) == sorted(e.get("id") for e in root.iterfind(".//{*}informationRequirement"))
    corners = {
        shape: (float(b.get("x")), float(b.get("y")))
        for shape, b in zip(drawn, root.iterfind(".//{*}Bounds"), strict=True)
    }
    size = next(root.iterfind(".//{*}Bounds"))
    for x, y in corners.values():
        near = [c for c in corners.values() if abs(c[0] - x) < float(size.get("width")) and abs(c[1] - y) < 80]
        assert near == [(x, y)]
    for decision in root.iterfind("{*}decision"):
        for need in decision.iterfind("{*}informationRequirement/*"):
            assert corners[need.get("href")[1:]][1] > corners[decision.get("id")][1]


def test_each_rule_of_the_day_has_its_reason_and_sources() -> None:
    decision = BASE.besluiten["bekostiging_paramedische_zorg"]
    day = date(2018, 5, 1)
    root = etree.fromstring(to_dmn(BASE, decision.id, day))
    rows = root.findall(f".//*[@id='tabel_{decision.id}']/{{*}}rule")
    holds = [r for r in decision.regels if r.geldig[0] <= day.toordinal() <= r.geldig[1]]
    assert {row.get("label") for row in rows} == {rule.id for rule in holds} != {rule.id for rule in decision.regels}
    for row in rows:
        rule = decision.rule(row.get("label"))
        reason, sources = (text.text for text in row.iterfind("{*}annotationEntry/{*}text"))
        assert reason.startswith(rule.omdat)
        assert ("Afleiding van ons" in reason) == bool(rule.afleiding)
        assert all(BASE.bronnen[c.bron].titel in sources and c.vindplaats in sources for c in rule.grond)


def small(*rules: Rule) -> RuleBase:
    concepts = {
        "n": Concept("n", "getal", "n", "Hoeveel?", van=0, tot=9),
        "uit": Concept("uit", "keuze", "uit", "Wat?", waarden={"x": "X", "y": "Y"}),
    }
    decision = Decision("proef", "Proef", "Wat?", {"uit": ("x", "y")}, VALID, rules)
    return RuleBase(concepts, {"w": Source("w", "Wet & regel", "Staat", "2020")}, {"proef": decision})


def rule(name: str, low: int, *, above: str = "", valid: tuple[int, int] = VALID) -> Rule:
    before = frozenset({above} if above else ())
    return Rule(
        name, {"n": ((low, 9),)} if low else {}, {"uit": "x"}, (Citation("w", "1"),), "Om <dit>.", valid, before
    )


def rows(base: RuleBase, day: date = DAY) -> tuple[str, list[str]]:
    table = next(etree.fromstring(to_dmn(base, "proef", day)).iterfind(".//{*}decisionTable"))
    return table.get("hitPolicy"), [row.get("label") for row in table.iterfind("{*}rule")]


def test_exceptions_stand_before_what_they_except() -> None:
    chain = small(rule("gewoon", 0), rule("klein", 3, above="gewoon"), rule("kleiner", 6, above="klein"))
    assert rows(chain) == ("FIRST", ["kleiner", "klein", "gewoon"])
    with pytest.raises(RuleError, match="gewoon, klein spreken elkaar tegen"):
        to_dmn(small(rule("gewoon", 0), rule("klein", 3)), "proef", DAY)


def test_an_exception_that_holds_no_more_leaves_a_unique_table() -> None:
    base = small(rule("gewoon", 0), rule("klein", 3, above="gewoon", valid=EARLIER))
    assert rows(base) == ("UNIQUE", ["gewoon"])
    assert rows(base, date(2020, 6, 1)) == ("FIRST", ["klein", "gewoon"])


def test_a_day_outside_the_decision_and_an_unknown_name_are_told() -> None:
    base = small(rule("gewoon", 0))
    with pytest.raises(CaseError, match="geldt van 2020-01-01 tot en met 2026-12-31; kies een peildatum"):
        to_dmn(base, "proef", date(2027, 1, 1))
    with pytest.raises(UserError, match="Er is geen besluit «niets»"):
        to_dmn(base, "niets", DAY)
