"""All decisions by theme, and what a word is found in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from aanspraak.engine.graph import parts
from aanspraak.engine.model import Decision, Rule, RuleBase, rules_of

_FOUND = 50
"""Rules shown for a word, at most."""


@dataclass(frozen=True, slots=True)
class Theme:
    """The decisions of a theme: those that answer a question of their own, and those that others rest on."""

    naam: str
    besluiten: tuple[Decision, ...]
    deelvragen: tuple[Decision, ...]


def themes(base: RuleBase, words: str = "") -> list[Theme]:
    """The decisions that have all these words, by theme."""
    found: dict[str, list[Decision]] = {}
    for decision in base.besluiten.values():
        if _has(words, (decision.id, decision.titel, decision.vraag, decision.toelichting)):
            found.setdefault(decision.thema, []).append(decision)
    under = parts(base)
    return [
        Theme(base.themas[name], tuple(d for d in group if d.id not in under), tuple(d for d in group if d.id in under))
        for name, group in found.items()
    ]


def rules_with(base: RuleBase, words: str) -> list[tuple[Decision, Rule]]:
    """The rules that have all these words, up to a number that fits a page; none for no words."""
    found = (
        (decision, rule)
        for decision, rule in rules_of(base)
        if words.split() and _has(words, (rule.id, rule.omdat, *map(str, rule.grond), *rule.regelen))
    )
    return [pair for pair, _ in zip(found, range(_FOUND), strict=False)]


def _has(words: str, texts: Iterable[str]) -> bool:
    text = " ".join(texts).casefold()
    return all(word in text for word in words.casefold().split())
