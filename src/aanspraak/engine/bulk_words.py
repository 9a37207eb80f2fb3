"""What the rule ids in a decided file say: «a|b» for several, or one of two words where there is none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from aanspraak.engine.builder import IMPOSSIBLE
from aanspraak.engine.columns import OPEN
from aanspraak.engine.model import Decision, Rule

UNDECIDED = {OPEN: "nog niet te zeggen", IMPOSSIBLE: "gegevens kunnen niet samen"}
"""What stands in the place of a rule id → what it says."""

_WHY = {
    OPEN: "Er ontbreken gegevens die het antwoord nog kunnen veranderen.",
    IMPOSSIBLE: "Deze gegevens kunnen niet samen; kijk ze na.",
}


def rules_in(decision: Decision, ids: str) -> tuple[Rule, ...]:
    """The rules that a cell names; none where it holds another word."""
    return tuple(decision.rule(rule) for rule in ids.split("|")) if ids and ids not in UNDECIDED else ()


def reason(decision: Decision, ids: str) -> str:
    """Why a row is decided as it is, or why not yet."""
    return _WHY.get(ids) or " ".join(dict.fromkeys(rule.omdat for rule in rules_in(decision, ids)))


def by_rule(counts: Iterable[tuple[str, int]]) -> Counter[str]:
    """How many rows name each rule, out of how many rows each cell stands in."""
    rules: Counter[str] = Counter()
    for ids, count in counts:
        rules.update(dict.fromkeys(filter(None, ids.split("|")), count))
    return rules
