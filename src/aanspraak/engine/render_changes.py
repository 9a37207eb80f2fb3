"""What differs in a decision as data (for JSON)."""

from __future__ import annotations

from typing import Any

from aanspraak.engine.changes import Shift
from aanspraak.engine.model import RuleBase
from aanspraak.engine.phrases import label
from aanspraak.engine.render import rule_data
from aanspraak.engine.render_law import box_data

SHOWN = 100
"""Situations of one change that are written out; all are counted."""


def shift_data(before: RuleBase, after: RuleBase, shift: Shift) -> dict[str, Any]:
    """A change: the rule before and after, the outcome fields that differ, and the situations that it is about."""
    return {
        "voor": rule_data(before, shift.voor) if shift.voor else None,
        "na": rule_data(after, shift.na) if shift.na else None,
        "uitkomst": {
            name: {
                "voor": {"waarde": old, "label": label(before, name, old)},
                "na": {"waarde": new, "label": label(after, name, new)},
            }
            for name, old, new in shift.velden
        },
        "aantal_situaties": len(shift.situaties),
        "situaties": [box_data(before, situation) for situation in shift.situaties[:SHOWN]],
    }
