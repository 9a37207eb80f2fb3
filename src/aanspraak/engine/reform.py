"""Reforms laid over the rules, and which situations differ between two rule bases or two days."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from aanspraak.engine.cells import IMPOSSIBLE, compile_pair
from aanspraak.engine.model import Box, Decision, Reform, ReformChange, Rule, RuleBase, RuleError
from aanspraak.engine.wellformed import wellformed_faults


def apply_reform(base: RuleBase, reform: Reform) -> RuleBase:
    """The rules with the reform in force from its day: ended rules end there, and its own rules begin there.

    Raises RuleError with every fault. What the reform leaves without a rule shows when the decision is compiled.
    """
    faults = []
    decisions = dict(base.besluiten)
    for change in reform.wijzigingen:
        decision = decisions.get(change.besluit)
        if decision is None:
            faults.append(f"{change.plaats}: besluit «{change.besluit}» bestaat niet; verbeter de naam")
            continue
        faults += [
            f"{change.plaats}: regel «{rule_id}» is er niet in «{decision.id}»; verbeter beeindig"
            for rule_id in sorted(change.beeindig - {r.id for r in decision.regels})
        ]
        for rule in change.regels:
            for name, value in rule.dan.items():
                if name in decision.uitkomst and value not in base.concept(name).waarden:
                    faults.append(
                        f"{rule.plaats}: «{value}» is geen waarde van «{name}»; kies een waarde van het begrip"
                    )
        decisions[decision.id] = _changed(decision, change, reform.vanaf.toordinal())
    reformed = replace(base, besluiten=decisions, hervormingen=(*base.hervormingen, reform.id))
    faults += wellformed_faults(reformed)
    if faults:
        raise RuleError(faults)
    return reformed


def _changed(decision: Decision, change: ReformChange, start: int) -> Decision:
    kept = [rule for r in decision.regels if (rule := _ended(r, start) if r.id in change.beeindig else r)]
    added = [replace(r, geldig=(max(start, r.geldig[0]), min(r.geldig[1], decision.geldig[1]))) for r in change.regels]
    there = {rule.id for rule in (*kept, *added)}
    kept = [replace(rule, in_afwijking_van=rule.in_afwijking_van & there) for rule in kept]
    outcomes = {
        name: tuple(dict.fromkeys([*values, *(r.dan[name] for r in added if name in r.dan)]))
        for name, values in decision.uitkomst.items()
    }
    return replace(decision, uitkomst=outcomes, regels=(*kept, *added), voorbeelden=())


def _ended(rule: Rule, start: int) -> Rule | None:
    """The rule until the day before `start`; None where nothing of it is left."""
    first, last = rule.geldig
    return replace(rule, geldig=(first, min(last, start - 1))) if first < start else None


@dataclass(frozen=True, slots=True)
class Change:
    """Situations in which the decision becomes another: boxes of inputs (an input left out may be anything)."""

    voor: Rule
    na: Rule
    situaties: tuple[Mapping[str, Box], ...]


def changed_situations(before: tuple[RuleBase, date], after: tuple[RuleBase, date], name: str) -> Iterator[Change]:
    """Every situation whose decision differs, grouped by the rule before and the rule after. The situations are
    disjoint and complete. Raises RuleError when one of the two has a gap or a contradiction."""
    tables = compile_pair(before[0], after[0], name)
    diagrams = tables[0].diagrams
    old, new = (
        diagrams.fix(table.root, {0: table.axes[0].segment(day)})
        for table, (_, day) in zip(tables, (before, after), strict=True)
    )

    def differ(a: str, b: str) -> tuple[str, str] | None:
        if IMPOSSIBLE in (a, b):
            return None
        return (a, b) if tables[0].rules[a].verdict != tables[1].rules[b].verdict else None

    found: dict[tuple[str, str], list[Mapping[str, Box]]] = {}
    for box, pair in diagrams.paths(diagrams.combine(differ, old, new)):
        if pair is not None:
            found.setdefault(pair, []).append(tables[0].words(box))
    for (a, b), situations in found.items():
        yield Change(tables[0].rules[a], tables[1].rules[b], tuple(situations))
