"""Decisions that rest on each other, and the plain inputs under them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from aanspraak.engine.model import PEILDATUM, Decision, Range, RuleBase


def inputs_of(base: RuleBase, decision: Decision, given: frozenset[str] = frozenset()) -> list[str]:
    """The plain inputs a decision rests on, peildatum first, then in the order in which its rules mention
    them, an outcome of another decision standing for that decision's inputs: the order of the questions."""
    names: dict[str, None] = {PEILDATUM: None}
    seen: set[str] = set()

    def walk(d: Decision) -> None:
        seen.add(d.id)
        for name in dict.fromkeys(n for rule in d.regels for n in rule.als):
            maker = None if name in given else base.producer(name)
            if maker is None:
                names.setdefault(name)
            elif maker.id not in seen:
                walk(maker)

    walk(decision)
    return list(names)


def decisions_under(base: RuleBase, decision: Decision, given: frozenset[str] = frozenset()) -> Iterator[Decision]:
    """The decision and all it rests on, each once, what it rests on first."""
    seen: dict[str, Decision] = {}

    def walk(d: Decision) -> None:
        if d.id in seen:
            return
        for rule in d.regels:
            for name in rule.als:
                maker = None if name in given else base.producer(name)
                if maker is not None:
                    walk(maker)
        seen[d.id] = d

    walk(decision)
    return iter(seen.values())


def outcomes_used(base: RuleBase, decision: Decision, given: frozenset[str] = frozenset()) -> Iterator[str]:
    """The outcome fields of other decisions that the decision, or one under it, has conditions on."""
    used = (name for d in decisions_under(base, decision, given) for rule in d.regels for name in rule.als)
    return (name for name in dict.fromkeys(used) if name not in given and base.producer(name))


@lru_cache(maxsize=512)
def valid_on(base: RuleBase, name: str) -> Range:
    """The days (ordinals) on which a decision, and all it rests on, can be asked."""
    periods = [decision.geldig for decision in decisions_under(base, base.decision(name))]
    return max(first for first, _ in periods), min(last for _, last in periods)


@lru_cache(maxsize=64)
def parts(base: RuleBase) -> frozenset[str]:
    """The decisions that others rest on."""
    under = (u.id for d in base.besluiten.values() for u in decisions_under(base, d) if u is not d)
    return frozenset(under)
