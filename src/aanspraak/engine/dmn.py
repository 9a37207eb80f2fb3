"""A decision on one day, with all decisions it rests on, as DMN: for other engines and for modelers.

The rules that hold on the day are the rows; a rule in_afwijking_van another stands before it, and the hit policy is
then FIRST. Every decision gives its rule id and its outcome fields; reason and sources stand beside each row.
Combinations that cannot exist are not told apart: DMN has no place for them.

Some forms are chosen because readers need them. Inputs and outputs have no label: pyDMNrules would take it for the
name of the variable. The annotation columns have no name: it fails on one. The reason is also the description of a
row: dmn-js shows that, and no annotations. Everything has an id: dmn-js edits by it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import Literal
from xml.etree import ElementTree as ET

from aanspraak.engine.cells import compile_decision
from aanspraak.engine.dmn_drawing import draw
from aanspraak.engine.feel import FEEL_TYPE, allowed, strings, unary_tests
from aanspraak.engine.model import CaseError, Concept, Decision, Rule, RuleBase, contains
from aanspraak.engine.sources import cited, link

Version = Literal["1.3", "1.5"]

_RELEASE: dict[Version, str] = {"1.3": "20191111", "1.5": "20230324"}
_RULE = "regel"


@dataclass(frozen=True, slots=True)
class _Table:
    """A decision on the day: its rules as rows, those that go before others first, and the inputs they test."""

    decision: Decision
    rows: tuple[Rule, ...]
    inputs: tuple[str, ...]

    @property
    def policy(self) -> str:
        ids = {rule.id for rule in self.rows}
        return "FIRST" if any(rule.in_afwijking_van & ids for rule in self.rows) else "UNIQUE"


def to_dmn(base: RuleBase, besluit: str, peildatum: date, version: Version = "1.5") -> str:
    """The decision and all under it on that day, as a DMN document (XML).

    Version 1.3 differs in its namespaces alone; dmn-js and Camunda read no later one.
    Raises RuleError for a decision with gaps or contradictions, CaseError for a day on which it does not hold.
    """
    decision = compile_decision(base, besluit).decision
    if not contains((decision.geldig,), peildatum.toordinal()):
        first, last = (date.fromordinal(day).isoformat() for day in decision.geldig)
        raise CaseError(f"Besluit «{besluit}» geldt van {first} tot en met {last}; kies een peildatum daarbinnen.")
    tables = tuple(_tables(base, decision, peildatum.toordinal(), set()))
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
    _text(root, "description", f"Stand op {peildatum.isoformat()}.{layers}")
    for name in dict.fromkeys((*inputs, *fields)):
        _value_type(root, base.concept(name))
    for table in tables:
        _outcome_type(root, table.decision)
    for name in inputs:
        _input_data(root, base.concept(name))
    for table in tables:
        _decision(root, base, table)
    draw(root, {table.decision.id: _required(base, table) for table in tables})
    ET.indent(root)
    return ET.tostring(root, encoding="unicode") + "\n"


def _tables(base: RuleBase, decision: Decision, day: int, done: set[str]) -> Iterator[_Table]:
    """The decisions that matter on the day, those underneath first."""
    done.add(decision.id)
    rows = tuple(_rows([rule for rule in decision.regels if contains((rule.geldig,), day)]))
    inputs = tuple(dict.fromkeys(name for rule in rows for name in rule.als))
    for name in inputs:
        maker = base.producer(name)
        if maker and maker.id not in done:
            yield from _tables(base, maker, day, done)
    yield _Table(decision, rows, inputs)


def _rows(rules: Sequence[Rule]) -> Iterator[Rule]:
    """The rules in the order of the file, save that a rule stands after those that go before it."""
    done: set[str] = set()

    def place(rule: Rule) -> Iterator[Rule]:
        if rule.id not in done:
            done.add(rule.id)
            for other in rules:
                if rule.id in other.in_afwijking_van:
                    yield from place(other)
            yield rule

    for rule in rules:
        yield from place(rule)


def _value_type(root: ET.Element, concept: Concept) -> None:
    item = _node(root, "itemDefinition", name=f"t_{concept.id}", label=concept.naam)
    _text(item, "typeRef", FEEL_TYPE[concept.soort])
    _text(_node(item, "allowedValues"), "text", allowed(concept))


def _outcome_type(root: ET.Element, decision: Decision) -> None:
    item = _node(root, "itemDefinition", name=f"t_besluit_{decision.id}", label=decision.titel)
    for field in (_RULE, *decision.uitkomst):
        _text(_node(item, "itemComponent", name=field), "typeRef", _field_type(field))


def _input_data(root: ET.Element, concept: Concept) -> None:
    data = _node(root, "inputData", id=_input_id(concept.id), name=concept.id, label=concept.naam)
    _text(data, "description", f"{concept.vraag} {concept.uitleg}".strip())
    _node(data, "variable", name=concept.id, typeRef=f"t_{concept.id}")


def _decision(root: ET.Element, base: RuleBase, table: _Table) -> None:
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
    for field in (_RULE, *decision.uitkomst):
        _node(grid, "output", id=f"{decision.id}_dan_{field}", name=field, typeRef=_field_type(field))
    for _ in ("omdat", "grond"):
        _node(grid, "annotation")
    for rule in table.rows:
        _rule(grid, base, table, rule)


def _rule(grid: ET.Element, base: RuleBase, table: _Table, rule: Rule) -> None:
    """The rows of a rule: one, or one for each combination of its intervals."""
    inferred = f" Afleiding van ons, geen tekst van een bron: {rule.afleiding}" if rule.afleiding else ""
    cells = [unary_tests(rule.als.get(n, base.concept(n).domain), base.concept(n)) for n in table.inputs]
    outputs = [rule.id, *(rule.dan[field] for field in table.decision.uitkomst)]
    for number, tests in enumerate(product(*cells)):
        at = f"regel_{rule.id}_{number}"
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


def _required(base: RuleBase, table: _Table) -> list[str]:
    """The ids of the decisions and inputs that a table needs."""
    makers = ((name, base.producer(name)) for name in table.inputs)
    return list(dict.fromkeys(maker.id if maker else _input_id(name) for name, maker in makers))


def _input_id(name: str) -> str:
    return f"gegeven_{name}"


def _field_type(field: str) -> str:
    return "string" if field == _RULE else f"t_{field}"


def _node(parent: ET.Element, tag: str, **attributes: str) -> ET.Element:
    return ET.SubElement(parent, tag, attributes)


def _text(parent: ET.Element, tag: str, text: str) -> None:
    ET.SubElement(parent, tag).text = text
