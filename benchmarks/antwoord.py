"""One case: ours against the traced answers of other engines, on the same cases with the same answers."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import measure
from aanspraak.engine.answer import WhyNot, answer, decide, table_for
from aanspraak.engine.model import PEILDATUM, Citation, RuleBase, Source
from aanspraak.engine.render import as_data
from aanspraak.engine.sources import cited
from cases import DAY, largest, random_cases, situations, steps
from measure import Section, best_each, show
from peers import openfisca, pydmn, zen_engine

_CASES, _CHECKED = 50, 1000
_Facts = dict[str, Any]


def section(base: RuleBase) -> Section:
    """Microseconds a case."""
    table = largest(base)
    name = table.decision.id
    drawn = random_cases(table, _CHECKED, seed=7, day=DAY).to_pylist()
    cases = [{k: v for k, v in case.items() if k != PEILDATUM} for case in drawn]

    def ours(facts: _Facts) -> tuple[str, list[tuple[Citation, Source]]]:
        (rule,) = decide(table_for(base, name, facts), {**facts, PEILDATUM: DAY})
        return rule.id, list(cited(base, rule.grond))

    def explained(facts: _Facts) -> list[tuple[WhyNot, ...]]:
        return [one.alternatieven for one in answer(base, name, facts, DAY).samen]

    expected = [ours(case)[0] for case in cases]
    served = steps(table, DAY)
    peers: list[tuple[str, Callable[[_Facts], str], Callable[[_Facts], _Facts], int]] = [
        ("zen-engine, with trace", zen_engine.decider(served), dict, _CHECKED),
        (
            "OpenFisca-core, with trace",
            openfisca.decider(base, served),
            partial(openfisca.inputs, base, served),
            _CHECKED,
        ),
        ("pyDMNrules (its answer is a trace)", pydmn.decider(base, name, DAY), dict, _CASES),
    ]
    answers = [answer(base, name, case, DAY) for case in cases[:_CASES]]
    times = [
        ("Aanspraak, decided: rule id and its sources", best_each(ours, cases)),
        ("Aanspraak, full explanation (every why-not)", best_each(explained, cases[:_CASES])),
        ("Aanspraak, that explanation as data for JSON", best_each(lambda a: as_data(base, a), answers)),
    ]
    full = times[1][1]
    for label, decider, prepare, checked in peers:
        prepared = [prepare(case) for case in cases[:checked]]
        wrong = [case for case, rule in zip(prepared, expected, strict=False) if decider(case) != rule]
        if wrong:
            raise SystemExit(f"{label}: {len(wrong)} of {checked} answers differ, first for {wrong[0]}")
        times.append((label, best_each(decider, prepared[:_CASES], rounds=3)))
    return Section(
        "One case",
        f"`{name}` with the {len(served) - 1} decisions it rests on: {sum(len(s.rules) for s in served)} rules on "
        f"{DAY}, {len(table.axes) - 1} inputs, {situations(table):.1e} combinations. Random cases that can exist; the "
        f"rule id of each peer equal to ours on {_CHECKED} of them ({_CASES} for pyDMNrules). Best round of 3 to 5.",
        ("what", "µs a case", "against our full explanation"),
        tuple((label, f"{seconds * 1e6:,.1f}", f"{seconds / full:.2f}×") for label, seconds in times),
    )


if __name__ == "__main__":
    from aanspraak.engine.reader import read_rules

    print(measure.machine())  # noqa: T201
    show([section(read_rules())])
