"""Parts of a rule in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from aanspraak.engine.boxes import box_words
from aanspraak.engine.model import FIRST_DAY, LAST_DAY, Box, Range, Rule, RuleBase
from aanspraak.engine.phrases import label


def period(valid: Range) -> str:
    """A validity: «vanaf 2021-01-01», «2015-01-01 t/m 2020-12-31»."""
    first, last = (date.fromordinal(day).isoformat() for day in valid)
    if valid == (FIRST_DAY, LAST_DAY):
        return "altijd"
    if valid[1] == LAST_DAY:
        return f"vanaf {first}"
    return f"t/m {last}" if valid[0] == FIRST_DAY else f"{first} t/m {last}"


def conditions(base: RuleBase, boxes: Mapping[str, Box]) -> list[str]:
    """Conditions, each «naam: wat», in their order."""
    return [f"{base.concept(name).naam}: {box_words(box, base.concept(name))}" for name, box in boxes.items()]


def outcome(base: RuleBase, rule: Rule) -> list[str]:
    """What a rule decides, each «naam: waarde»; of a checklist, what it means that it matches."""
    if rule.gevolg:
        return [f"gevolg: {rule.gevolg}"]
    return [f"{base.concept(name).naam}: {label(base, name, value)}" for name, value in rule.dan.items()]
