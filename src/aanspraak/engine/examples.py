"""The examples of the rule files: cases that must come out as they say."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from aanspraak.engine.answer import answer, table_for
from aanspraak.engine.collect import collect
from aanspraak.engine.knowledge import as_known
from aanspraak.engine.model import PEILDATUM, CaseError, Decision, Example, RuleBase
from aanspraak.engine.questions import open_questions


def wrong_examples(base: RuleBase, decision: Decision) -> Iterator[str]:
    """The examples of a decision that do not hold: where each stands, the day, and what comes out instead."""
    for example in decision.voorbeelden:
        yield from differences(base, decision, example)


def differences(base: RuleBase, decision: Decision, example: Example) -> Iterator[str]:
    """What comes out otherwise than the example says, on its day, or on the first day of every period in which the
    rules differ."""
    then = as_known(base, example.kennisdatum) if example.kennisdatum else base
    for day in [example.peildatum] if example.peildatum else _days(then, decision, example):
        try:
            found = _found(then, decision, example, day)
        except CaseError as error:
            yield f"{example.plaats}, op {day}: {error}"
            continue
        for name, expected in example.verwacht.items():
            if not _agrees(name, expected, found[name]):
                yield f"{example.plaats}, op {day}: {name} is {_text(found[name])}, en niet {_text(expected)}"


def _found(base: RuleBase, decision: Decision, example: Example, day: date) -> dict[str, Any]:
    """What an example can speak of, as it comes out; `regel` are the rules that the facts leave possible."""
    case = base, decision.id, example.gegeven, day
    table = table_for(base, decision.id, example.gegeven)
    found: dict[str, Any] = {"open": open_questions(table, {**example.gegeven, PEILDATUM: day})}
    if decision.verzamel:
        return found | {"regels": [rule.id for rule in collect(*case).treft]}
    got = answer(*case)
    found |= got.uitkomst or dict.fromkeys(decision.uitkomst, "nog open")
    left = got.resteert.resteert if got.resteert else None
    return found | {"regel": [rule.id for rule in got.regels], "resteert": left}


def _agrees(name: str, expected: Any, found: Any) -> bool:
    if name == "regel":
        return expected in found
    return set(expected) == set(found) if name == "regels" else bool(expected == found)


def _text(value: object) -> str:
    return ", ".join(map(str, value)) or "geen" if isinstance(value, list) else str(value)


def _days(base: RuleBase, decision: Decision, example: Example) -> list[date]:
    days = table_for(base, decision.id, example.gegeven).axes[0]
    valid = range(decision.geldig[0], decision.geldig[1] + 1)
    return [date.fromordinal(start) for start in days.starts if start in valid]
