"""The same proof by another road: the rules as formulas for the Z3 solver (extra `bewijs`).

It shares nothing with the diagrams but the model, so that a fault in one shows as a difference with the other.
"""

from __future__ import annotations

from itertools import combinations
from typing import Any

import z3

from aanspraak.engine.graph import inputs_of
from aanspraak.engine.model import PEILDATUM, Box, Decision, RuleBase, RuleError


def prove_decision_z3(base: RuleBase, name: str) -> set[tuple[str, frozenset[str]]]:
    """The findings of one decision as (kind, rule ids), as `proof.prove_decision` finds them.

    Raises RuleError when the solver gives up.
    """
    decision = base.decision(name)
    formulas = _Formulas(base)
    matches = formulas.matches(decision)
    solver = z3.Solver()
    solver.add(formulas.domain(decision), formulas.within(PEILDATUM, (decision.geldig,)))

    def possible(*conditions: Any) -> bool:
        verdict = solver.check(*conditions)
        if verdict == z3.unknown:
            raise RuleError([f"{decision.plaats}: Z3 komt er niet uit ({solver.reason_unknown()})"])
        return bool(verdict == z3.sat)

    found: set[tuple[str, frozenset[str]]] = set()
    if not decision.verzamel and possible(z3.Not(z3.Or(*matches.values()))):
        found.add(("gat", frozenset()))
    if not decision.verzamel and possible(z3.Not(z3.AtMost(*matches.values(), 1))):
        pairs = (pair for pair in combinations(matches, 2) if possible(*(matches[rule] for rule in pair)))
        found |= {("tegenspraak", frozenset(pair)) for pair in pairs}
    for rule in matches:
        if not possible(matches[rule]):
            found.add(("nooit", frozenset({rule})))
    return found


class _Formulas:
    def __init__(self, base: RuleBase) -> None:
        self.base = base
        self.done: dict[str, dict[str, Any]] = {}

    def matches(self, decision: Decision) -> dict[str, Any]:
        """Rule id → its conditions hold and no exception to it does."""
        if decision.id not in self.done:
            self.done[decision.id] = self._matches(decision)
        return self.done[decision.id]

    def _matches(self, decision: Decision) -> dict[str, Any]:
        holds = {
            r.id: z3.And(self.within(PEILDATUM, (r.geldig,)), *(self.condition(n, b) for n, b in r.als.items()))
            for r in decision.regels
        }
        return {
            r.id: z3.And(holds[r.id], *(z3.Not(holds[x.id]) for x in decision.regels if r.id in x.in_afwijking_van))
            for r in decision.regels
        }

    def condition(self, name: str, box: Box) -> Any:
        maker = self.base.producer(name)
        if maker is None:
            return self.within(name, box)
        gives = [match for rule, match in self.matches(maker).items() if maker.rule(rule).dan[name] in box]
        return z3.And(self.within(PEILDATUM, (maker.geldig,)), z3.Or(*gives))

    def within(self, name: str, box: Box) -> Any:
        number = z3.Int(name)
        if isinstance(box, frozenset):
            values = list(self.base.concept(name).waarden)
            return z3.Or(*(number == values.index(v) for v in box))
        return z3.Or(*(z3.And(number >= low, number <= high) for low, high in box))

    def domain(self, decision: Decision) -> Any:
        names = set(inputs_of(self.base, decision))
        return z3.And(
            *(self.within(n, self.base.concept(n).domain) for n in names),
            *(
                z3.Not(z3.And(*(self.within(n, b) for n, b in impossible.als.items())))
                for impossible in self.base.onmogelijk
                if names.issuperset(impossible.als)
            ),
        )
