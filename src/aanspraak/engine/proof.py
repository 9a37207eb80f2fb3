"""The proof: every situation that can exist, on every day, has exactly one rule, and every rule has a situation.

A checklist has no gap or contradiction; of it the proof is that every rule has a situation.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import combinations, islice
from typing import Literal

from aanspraak.engine.boxes import box_words
from aanspraak.engine.cells import IMPOSSIBLE, Fault, Table, compile_unchecked
from aanspraak.engine.checklist import compile_checklist
from aanspraak.engine.graph import decisions_under
from aanspraak.engine.model import Decision, Rule, RuleBase

FindingKind = Literal["gat", "tegenspraak", "nooit"]


@dataclass(frozen=True, slots=True)
class Finding:
    """A gap (no rule), a contradiction (two rules) or a rule that can never decide; `tekst` has the example."""

    soort: FindingKind
    besluit: str
    regels: frozenset[str]
    tekst: str


def prove(base: RuleBase, names: Collection[str] | None = None) -> Iterator[tuple[Decision, list[Finding]]]:
    """Every decision (of `names`) with its findings, those underneath first. A decision on top of a faulty one is left
    out: its own findings would only repeat the fault."""
    faulty: set[str] = set()
    done = set() if names is None else {*base.besluiten} - {*names}
    for name in base.besluiten:
        for decision in decisions_under(base, base.besluiten[name]):
            if decision.id in done:
                continue
            done.add(decision.id)
            if any(d.id in faulty for d in decisions_under(base, decision)):
                faulty.add(decision.id)
                continue
            findings = list(prove_decision(base, decision.id))
            if any(f.soort != "nooit" for f in findings):
                faulty.add(decision.id)
            yield decision, findings


def prove_decision(base: RuleBase, name: str) -> Iterator[Finding]:
    """The findings of one decision: each gap area (three at most), each pair of rules that clash, each idle rule."""
    if base.decision(name).verzamel:
        checklist = compile_checklist(base, name)
        for rule, check in zip(checklist.decision.regels, checklist.checks, strict=True):
            if rule.id not in check.diagrams.values(check.root):
                yield _never(name, rule)
        return
    table = compile_unchecked(base, name)
    leaves = table.diagrams.values(table.root)
    decision = table.decision
    for where in islice(_where(table, Fault()), 3):
        yield Finding("gat", name, frozenset(), f"{decision.plaats}: geen regel voor {where}; voeg een regel toe")
    pairs: dict[tuple[str, str], Fault] = {}
    for fault in leaves:
        if isinstance(fault, Fault):
            pairs |= dict.fromkeys(combinations(sorted(fault.rules), 2), fault)
    for pair, fault in sorted(pairs.items()):
        a, b = (table.rules[r] for r in pair)
        yield Finding(
            "tegenspraak",
            name,
            frozenset(pair),
            f"{a.plaats} «{a.id}» en {b.plaats} «{b.id}» gelden allebei voor {next(_where(table, fault))}; "
            "maak de voorwaarden uitsluitend of zet in_afwijking_van",
        )
    for rule in decision.regels:
        if rule.id not in leaves and not any(rule.id in f.rules for f in leaves if isinstance(f, Fault)):
            yield _never(name, rule)


def _never(name: str, rule: Rule) -> Finding:
    return Finding(
        "nooit",
        name,
        frozenset({rule.id}),
        f"{rule.plaats} «{rule.id}» kan nooit beslissen: elke situatie ervan is onmogelijk of valt onder een "
        "regel die voorgaat; haal de regel weg of verbeter hem",
    )


def _where(table: Table, leaf: object) -> Iterator[str]:
    for box, value in table.diagrams.paths(table.root):
        if value == leaf and value != IMPOSSIBLE:
            words = table.words(box)
            yield (" en ".join(f"{n} = {box_words(b, table.base.concept(n))}" for n, b in words.items()) or "alles")
