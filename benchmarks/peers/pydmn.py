"""The decision in pyDMNrules: our own DMN export, which tests elsewhere show to be equal."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pyDMNrules

from aanspraak.engine.dmn import to_dmn
from aanspraak.engine.model import RuleBase


def decider(base: RuleBase, besluit: str, day: date) -> Callable[[dict[str, Any]], str]:
    """Facts → rule id; its answer has the rules that were executed."""
    engine = pyDMNrules.DMN()
    status = engine.useXML(to_dmn(base, besluit, day))
    if "errors" in status:
        raise SystemExit(f"pyDMNrules: {status['errors']}")

    def decide(facts: dict[str, Any]) -> str:
        status, steps = engine.decide(facts)
        if "errors" in status:
            raise SystemExit(f"pyDMNrules: {status['errors']}")
        last = steps[-1] if isinstance(steps, list) else steps
        return str(last["Result"][f"{besluit}.regel"])

    return decide
