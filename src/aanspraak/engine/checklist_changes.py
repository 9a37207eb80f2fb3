"""Which situations differ between two rule bases or two days, for each rule of a checklist."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from aanspraak.engine.builder import IMPOSSIBLE
from aanspraak.engine.checklist import NONE, Checklist, compile_checklists
from aanspraak.engine.diagram import Ref
from aanspraak.engine.model import Box, Rule, RuleBase


@dataclass(frozen=True, slots=True)
class CheckChange:
    """Situations in which a rule matches that did not (`voor` is None), matches no longer (`na` is None), or matches
    with another consequence."""

    voor: Rule | None
    na: Rule | None
    situaties: tuple[Mapping[str, Box], ...]

    @property
    def regel(self) -> str:
        """The id of the rule."""
        return (self.voor or self.na).id  # type: ignore[union-attr]


def changed_checks(before: tuple[RuleBase, date], after: tuple[RuleBase, date], name: str) -> Iterator[CheckChange]:
    """Every situation in which a rule matches otherwise, by rule in the order of the files."""
    lists = compile_checklists((before[0], after[0]), name)
    old, new = (_on(checklist, day) for checklist, (_, day) in zip(lists, (before, after), strict=True))
    diagrams, nowhere = lists[0].checks[0].diagrams, (None, lists[0].checks[0].diagrams.leaf(NONE))
    for rule_id in dict.fromkeys((*old, *new)):
        (a, first), (b, second) = old.get(rule_id, nowhere), new.get(rule_id, nowhere)
        alike = a is not None and b is not None and a.verdict == b.verdict

        def differ(x: str, y: str, rule_id: str = rule_id, alike: bool = alike) -> tuple[bool, bool] | None:
            hits = x == rule_id, y == rule_id
            return None if IMPOSSIBLE in (x, y) or not any(hits) or (all(hits) and alike) else hits

        found: dict[tuple[bool, bool], list[Mapping[str, Box]]] = {}
        for box, hits in diagrams.paths(diagrams.combine(differ, first, second)):
            if hits:
                found.setdefault(hits, []).append(lists[0].checks[0].words(box))
        for (was, is_), situations in found.items():
            yield CheckChange(a if was else None, b if is_ else None, tuple(situations))


def _on(checklist: Checklist, day: date) -> dict[str, tuple[Rule | None, Ref]]:
    """Rule id → the rule, and its check on the day."""
    return {
        rule.id: (rule, check.diagrams.fix(check.root, {0: check.axes[0].segment(day)}))
        for rule, check in zip(checklist.decision.regels, checklist.checks, strict=True)
    }
