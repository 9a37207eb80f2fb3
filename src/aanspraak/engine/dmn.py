"""A decision on one day, with all decisions it rests on, as DMN: for other engines and for modelers.

The rules that hold on the day are the rows; a rule in_afwijking_van another stands before it, and the hit policy is
then FIRST. Every decision gives its rule id and its outcome fields; reason and sources stand beside each row.
A checklist has the hit policy COLLECT and gives a list of rule ids with their consequence; there the situations of a
rule that goes before another are left out of the rows of that other.
Combinations that cannot exist are not told apart: DMN has no place for them.

Some forms are chosen because readers need them. Inputs and outputs have no label: pyDMNrules would take it for the
name of the variable. The annotation columns have no name: it fails on one. The reason is also the description of a
row: dmn-js shows that, and no annotations. Everything has an id: dmn-js edits by it.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import product
from typing import Literal
from xml.etree import ElementTree as ET

from aanspraak.engine.checklist import compile_any
from aanspraak.engine.dmn_drawing import draw
from aanspraak.engine.dmn_tables import CONSEQUENCE, RULE, DmnTable, dmn_tables
from aanspraak.engine.feel import FEEL_TYPE, allowed, strings, unary_tests
from aanspraak.engine.model import CaseError, Concept, Rule, RuleBase, contains
from aanspraak.engine.sources import cited, link

Version = Literal["1.3", "1.5"]

_RELEASE: dict[Version, str] = {"1.3": "20191111", "1.5": "20230324"}


def to_dmn(base: RuleBase, besluit: str, peildatum: date, version: Version = "1.5") -> str:
    """The decision and all under it on that day, as a DMN document (XML).

    Version 1.3 differs in its namespaces alone; dmn-js and Camunda read no later one.
    Raises RuleError for a decision with gaps or contradictions, CaseError for a day on which it does not hold.
    """
    decision = compile_any(base, besluit).decision
    if not contains((decision.geldig,), peildatum.toordinal()):
        first, last = (date.fromordinal(day).isoformat() for day in decision.geldig)
        raise CaseError(f"Besluit «{besluit}» geldt van {first} tot en met {last}; kies een peildatum daarbinnen.")
    tables = tuple(dmn_tables(base, decision, peildatum.toordinal(), set()))
    inputs = tuple(dict.fromkeys(n for table in tables for n in table.inputs if base.producer(n) is None))
    fields = tuple(dict.fromkeys(field for table in tables for field in table.decision.uitkomst))
    root = ET.Element(
        "definitions",
        {
            "xmlns": f"https://www.omg.org/spec/DMN/{_RELEASE[version]}/MODEL/",
            "xmlns:dmndi": f"https://www.omg.org/spec/DMN/{_RELEASE[version]}/DMNDI/",
            "xmlns:dc": "http://www.omg.org/spec/DMN/20180521/DC/",
            "xmlns:di": "http://www.omg.org/spec/DMN/20180521/DI/",
            "id": f"definities_{besluit}",
            "name": besluit,
            "label": decision.titel,
            "namespace": f"urn:aanspraak:{besluit}:{peildatum.isoformat()}",
        },
    )
    layers = "".join(f" Met hervorming {name}: een verkenning, geen geldend recht." for name in base.hervormingen)
    known = f", zoals bekend op {base.kennisdatum.isoformat()}" if base.kennisdatum else ""
    _text(root, "description", f"Stand op {peildatum.isoformat()}{known}.{layers}")
    for name in dict.fromkeys((*inputs, *fields)):
        _value_type(root, base.concept(name))
    for table in tables:
        _outcome_type(root, table)
    for name in inputs:
        _input_data(root, base.concept(name))
    for table in tables:
        _decision(root, base, table)
    draw(root, {table.decision.id: _required(base, table) for table in tables})
    ET.indent(root)
    return ET.tostring(root, encoding="unicode") + "\n"


def _value_type(root: ET.Element, concept: Concept) -> None:
    item = _node(root, "itemDefinition", name=f"t_{concept.id}", label=concept.naam)
    _text(item, "typeRef", FEEL_TYPE[concept.soort])
    _text(_node(item, "allowedValues"), "text", allowed(concept))


def _outcome_type(root: ET.Element, table: DmnTable) -> None:
    decision = table.decision
    item = _node(root, "itemDefinition", name=f"t_besluit_{decision.id}", label=decision.titel)
    if decision.verzamel:
        item.set("isCollection", "true")
    for field in table.fields:
        _text(_node(item, "itemComponent", name=field), "typeRef", _field_type(field))


def _input_data(root: ET.Element, concept: Concept) -> None:
    data = _node(root, "inputData", id=_input_id(concept.id), name=concept.id, label=concept.naam)
    how = concept.afgeleid
    derived = f"Hele {how.eenheid} van {how.van} tot {how.tot}." if how else ""
    _text(data, "description", " ".join(filter(None, (concept.vraag, concept.uitleg, derived))))
    _node(data, "variable", name=concept.id, typeRef=f"t_{concept.id}")


def _decision(root: ET.Element, base: RuleBase, table: DmnTable) -> None:
    decision = table.decision
    node = _node(root, "decision", id=decision.id, name=decision.id, label=decision.titel)
    if decision.toelichting:
        _text(node, "description", decision.toelichting)
    _text(node, "question", decision.vraag)
    _node(node, "variable", name=decision.id, typeRef=f"t_besluit_{decision.id}")
    for required in _required(base, table):
        kind = "requiredDecision" if required in base.besluiten else "requiredInput"
        _node(_node(node, "informationRequirement", id=f"{decision.id}_van_{required}"), kind, href=f"#{required}")
    grid = _node(node, "decisionTable", id=f"tabel_{decision.id}", hitPolicy=table.policy)
    for name in table.inputs:
        maker, clause = base.producer(name), _node(grid, "input", id=f"{decision.id}_als_{name}")
        expression = _node(clause, "inputExpression", id=f"{decision.id}_feel_{name}", typeRef=f"t_{name}")
        _text(expression, "text", f"{maker.id}.{name}" if maker else name)
    for field in table.fields:
        _node(grid, "output", id=f"{decision.id}_dan_{field}", name=field, typeRef=_field_type(field))
    for _ in ("omdat", "grond"):
        _node(grid, "annotation")
    numbers: Counter[str] = Counter()
    for rule in table.rows:
        _rule(grid, base, table, rule, numbers)


def _rule(grid: ET.Element, base: RuleBase, table: DmnTable, rule: Rule, numbers: Counter[str]) -> None:
    """The rows of a rule: one, or one for each combination of its intervals. `numbers`: how many it has already."""
    inferred = f" Afleiding van ons, geen tekst van een bron: {rule.afleiding}" if rule.afleiding else ""
    cells = [unary_tests(rule.als.get(n, base.concept(n).domain), base.concept(n)) for n in table.inputs]
    outputs = [rule.id, *(rule.dan[f] for f in table.decision.uitkomst), *([rule.gevolg] if rule.gevolg else [])]
    for tests in product(*cells):
        at = f"regel_{rule.id}_{numbers[rule.id]}"
        numbers[rule.id] += 1
        row = _node(grid, "rule", id=at, label=rule.id)
        _text(row, "description", rule.omdat + inferred)
        for i, test in enumerate(tests):
            _text(_node(row, "inputEntry", id=f"{at}_als_{i}"), "text", test)
        for i, value in enumerate(outputs):
            _text(_node(row, "outputEntry", id=f"{at}_dan_{i}"), "text", strings([value]))
        for words in (rule.omdat + inferred, _sources(base, rule)):
            _text(_node(row, "annotationEntry"), "text", words)


def _sources(base: RuleBase, rule: Rule) -> str:
    found = ((c.vindplaats, source, link(source, c.vindplaats)) for c, source in cited(base, rule.grond))
    return "; ".join(f"{source.titel}, {place}" + (f" ({url})" if url else "") for place, source, url in found)


def _required(base: RuleBase, table: DmnTable) -> list[str]:
    """The ids of the decisions and inputs that a table needs."""
    makers = ((name, base.producer(name)) for name in table.inputs)
    return list(dict.fromkeys(maker.id if maker else _input_id(name) for name, maker in makers))


def _input_id(name: str) -> str:
    return f"gegeven_{name}"


def _field_type(field: str) -> str:
    return "string" if field in (RULE, CONSEQUENCE) else f"t_{field}"


def _node(parent: ET.Element, tag: str, **attributes: str) -> ET.Element:
    return ET.SubElement(parent, tag, attributes)


def _text(parent: ET.Element, tag: str, text: str) -> None:
    ET.SubElement(parent, tag).text = text
