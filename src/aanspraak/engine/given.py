"""The facts of a case as they were written: checked against the concepts, every fault with its place."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from difflib import get_close_matches

from aanspraak.engine.asking import accepted
from aanspraak.engine.boxes import parse_value
from aanspraak.engine.model import PEILDATUM, CaseError, Decision, RuleBase

Value = str | int | date


def read_facts(base: RuleBase, decision: Decision, facts: Iterable[tuple[str, object, str]]) -> dict[str, Value]:
    """Name → value, out of (name, what was written, the place of it). Raises CaseError with every wrong fact."""
    values: dict[str, Value] = {}
    faults = []
    for name, raw, place in facts:
        try:
            values[name] = _value(base, decision, name, raw)
        except ValueError as error:
            faults.append(f"{place}: {error}")
    if faults:
        raise CaseError("\n".join(faults))
    return values


def did_you_mean(name: str, names: Iterable[str]) -> str:
    """« Bedoelt u x of y?» with names that look alike or have the name in them; or nothing."""
    known = list(names)
    near = get_close_matches(name, known, n=2, cutoff=0.5) or [n for n in known if len(name) > 2 and name in n][:2]
    return f" Bedoelt u {' of '.join(near)}?" if near else ""


def _value(base: RuleBase, decision: Decision, name: str, raw: object) -> Value:
    if name == PEILDATUM:
        raise ValueError("de peildatum is geen gegeven; geef haar apart")
    if name in decision.uitkomst:
        raise ValueError(f"«{name}» is wat dit besluit zelf bepaalt; haal het weg")
    if name not in base.begrippen:
        names = accepted(base, decision)
        raise ValueError(
            f"er is geen gegeven «{name}».{did_you_mean(name, names)} Dit besluit kent: {', '.join(names)}"
        )
    try:
        return parse_value(raw, base.begrippen[name])
    except ValueError as error:
        raise ValueError(f"{error}; laat het weg als het niet bekend is") from None
