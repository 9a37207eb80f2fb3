"""A checklist (`treffer: verzamel`) compiled: for each of its rules the decision whether that rule matches.

These decisions have two outcomes and go through the same machinery as any other, all over the same inputs and
diagrams; so a checklist grows with the number of its rules, and not with that of their combinations. A rule that goes
before another (`in_afwijking_van`) takes it away.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from aanspraak.engine.axes import Axis
from aanspraak.engine.builder import builders
from aanspraak.engine.cells import Table, compile_decision, table_of
from aanspraak.engine.model import Decision, Rule, RuleBase

HIT = "_treft"
"""The outcome field of these decisions: YES or NO. No concept and no rule can have a name like this or like NONE."""

YES, NO = "ja", "nee"
NONE = ""
"""The id of the rule «does not match»."""


@dataclass(frozen=True)
class Checklist:
    """`checks`: in the order of the rules, for each the decision whether it matches; its leaf is then that rule's id,
    else NONE or the id of the rule that goes before it."""

    base: RuleBase
    decision: Decision
    checks: tuple[Table, ...]

    @property
    def axes(self) -> tuple[Axis, ...]:
        return self.checks[0].axes

    def possible(self, leaves: Sequence[frozenset[str]]) -> frozenset[str]:
        """The rules that can still match, where these leaves are left of each check."""
        return frozenset(rule.id for rule, left in zip(self.decision.regels, leaves, strict=True) if rule.id in left)

    @property
    def level(self) -> dict[str, int]:
        return self.checks[0].level


@lru_cache(maxsize=64)
def compile_checklist(base: RuleBase, name: str, given: frozenset[str] = frozenset()) -> Checklist:
    """A checklist over plain inputs; outcome fields in `given` count as plain inputs."""
    return compile_checklists((base,), name, given)[0]


def compile_checklists(bases: Sequence[RuleBase], name: str, given: frozenset[str] = frozenset()) -> list[Checklist]:
    """The same checklist of several rule bases over the same axes and diagrams, so that they can be compared."""
    lists = []
    for builder in builders(bases, name, given):
        decision = builder.base.decision(name)
        checks = (table_of(builder, _check(decision, rule)) for rule in decision.regels)
        lists.append(Checklist(builder.base, decision, tuple(checks)))
    return lists


def compile_any(base: RuleBase, name: str, given: frozenset[str] = frozenset()) -> Table | Checklist:
    """A decision or a checklist over plain inputs."""
    return (compile_checklist if base.decision(name).verzamel else compile_decision)(base, name, given)


def _check(decision: Decision, rule: Rule) -> Decision:
    """Whether the rule matches: it goes before «no», and the rules that take it away go before it."""
    rows = [replace(rule, id=NONE, als={}, dan={HIT: NO}, geldig=decision.geldig), replace(rule, dan={HIT: YES})]
    rows += [replace(r, dan={HIT: NO}) for r in decision.regels if rule.id in r.in_afwijking_van]
    ids = [row.id for row in rows]
    bare = (
        Rule(row.id, row.als, row.dan, (), "", row.geldig, frozenset(ids[:i]), plaats=rule.plaats)
        for i, row in enumerate(rows)
    )
    return replace(decision, uitkomst={HIT: (YES, NO)}, regels=tuple(bare), voorbeelden=(), verzamel=False)
