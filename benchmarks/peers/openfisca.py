"""The decision in OpenFisca: an Enum variable a decision (its rule) and an outcome, each with a NumPy formula."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import reduce
from operator import or_
from typing import Any

import numpy as np
from openfisca_core.entities import build_entity
from openfisca_core.indexed_enums import Enum, EnumArray
from openfisca_core.periods import DateUnit
from openfisca_core.simulations import Simulation, SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from aanspraak.engine.model import Box, Concept, RuleBase
from cases import Step

_PERSON = build_entity(key="client", plural="clienten", label="client", is_person=True)
PERIOD = "2026-11"
_EPOCH = date(1970, 1, 1)
_DAY_ZERO = _EPOCH.toordinal()


def system(base: RuleBase, steps: list[Step]) -> TaxBenefitSystem:
    """The decision and all it rests on, as variables of one month; `<besluit>_regel` is the rule id."""
    made = TaxBenefitSystem([_PERSON])
    outcomes = {field for step in steps for field in step.decision.uitkomst}
    used = {name for step in steps for _, conditions in step.rules for name in conditions}
    for name in used - outcomes:
        made.add_variable(_input(base.concept(name)))
    for step in steps:
        rule_id = f"{step.decision.id}_regel"
        rules = Enum(rule_id, {rule.id: rule.id for rule, _ in step.rules})
        made.add_variable(_variable(rule_id, rules, _first_hit(base, step, rules)))
        for field in step.decision.uitkomst:
            values = _values(base.concept(field))
            codes = np.array([values[rule.dan[field]].index for rule, _ in step.rules], dtype=np.uint8)
            made.add_variable(_variable(field, values, _outcome(rule_id, codes, values)))
    return made


def inputs(base: RuleBase, steps: list[Step], facts: Mapping[str, Any]) -> dict[str, Any]:
    """The facts that the system has a variable for, as it takes them."""
    used = {name for step in steps for _, conditions in step.rules for name in conditions}
    as_bool = {name for name in used if base.concept(name).soort == "ja_nee"}
    return {name: value == "ja" if name in as_bool else value for name, value in facts.items() if name in used}


def decider(base: RuleBase, steps: list[Step]) -> Callable[[dict[str, Any]], str]:
    """Facts → rule id, with the trace made; dates as ISO text, as OpenFisca's own API reads them."""
    made = system(base, steps)
    rule = f"{steps[-1].decision.id}_regel"

    def decide(facts: dict[str, Any]) -> str:
        client = {name: {PERIOD: value} for name, value in facts.items()}
        simulation = SimulationBuilder().build_from_dict(made, {"clienten": {"een": client}})
        simulation.trace = True
        decided = simulation.calculate(rule, PERIOD).decode_to_str()
        assert simulation.tracer.trees  # noqa: S101
        return str(decided[0])

    return decide


def vectors(made: TaxBenefitSystem, columns: Mapping[str, np.ndarray], rule: str) -> np.ndarray:
    """Columns → the number of the rule, for every row; those of an Enum as its texts, or already its numbers."""
    count = len(next(iter(columns.values())))
    simulation: Simulation = SimulationBuilder().build_default_simulation(made, count)
    for name, column in columns.items():
        variable = made.get_variable(name)
        encoded = variable.value_type is Enum and column.dtype.kind == "u"
        simulation.set_input(name, PERIOD, EnumArray(column, variable.possible_values) if encoded else column)
    return simulation.calculate(rule, PERIOD).view(np.ndarray)


def _values(concept: Concept) -> type[Enum]:
    return Enum(concept.id, {value: value for value in concept.waarden})


def _input(concept: Concept) -> type[Variable]:
    kinds: dict[str, type] = {"keuze": Enum, "ja_nee": bool, "getal": int, "datum": date}
    content: dict[str, Any] = {"value_type": kinds[concept.soort]}
    if concept.soort == "keuze":
        values = _values(concept)
        content |= {"possible_values": values, "default_value": next(iter(values))}
    return type(concept.id, (Variable,), content | {"entity": _PERSON, "definition_period": DateUnit.MONTH})


def _variable(name: str, values: type[Enum], formula: Callable[..., EnumArray]) -> type[Variable]:
    return type(
        name,
        (Variable,),
        {
            "value_type": Enum,
            "possible_values": values,
            "default_value": next(iter(values)),
            "entity": _PERSON,
            "definition_period": DateUnit.MONTH,
            "formula": formula,
        },
    )


def _first_hit(base: RuleBase, step: Step, rules: type[Enum]) -> Callable[..., EnumArray]:
    def formula(client: Any, period: Any) -> EnumArray:
        hits = []
        for _, conditions in step.rules:
            tests = [_within(client(name, period), base.concept(name), box) for name, box in conditions.items()]
            hits.append(reduce(np.logical_and, tests) if tests else np.ones(client.count, dtype=bool))
        numbers = [np.uint8(number) for number in range(len(hits))]
        return EnumArray(np.select(hits, numbers, np.uint8(255)), rules)

    return formula


def _outcome(rule_id: str, codes: np.ndarray, values: type[Enum]) -> Callable[..., EnumArray]:
    return lambda client, period: EnumArray(codes[client(rule_id, period).view(np.ndarray)], values)


def _within(column: np.ndarray, concept: Concept, box: Box) -> np.ndarray:
    if not isinstance(box, frozenset):
        tests = []
        for low, high in box:
            above = column >= _number(concept, low) if low > concept.van else None
            below = column <= _number(concept, high) if high < concept.tot else None
            tests.append(
                above & below if above is not None and below is not None else above if below is None else below
            )
        return reduce(or_, tests)
    if concept.soort == "ja_nee":
        return column if box == {"ja"} else ~column
    listed = list(concept.waarden)
    rest = concept.waarden.keys() - box
    plain = column.view(np.ndarray)
    if len(box) <= len(rest):
        return reduce(or_, (plain == listed.index(value) for value in box))
    return ~reduce(or_, (plain == listed.index(value) for value in rest))


def _number(concept: Concept, number: int) -> Any:
    if concept.soort == "datum":
        return np.datetime64(_EPOCH + timedelta(days=number - _DAY_ZERO))
    return number
