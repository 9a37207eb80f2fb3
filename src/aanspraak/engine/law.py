"""The rules that a question is about: as known on a day, and with a reform over them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from aanspraak.engine.graph import decisions_under
from aanspraak.engine.knowledge import as_known, knowledge_periods, known_now
from aanspraak.engine.model import Decision, Reform, RuleBase, UserError
from aanspraak.engine.parameters import split_choice
from aanspraak.engine.reader import read_reform, reform_files
from aanspraak.engine.reform import apply_reform


@dataclass(frozen=True, slots=True)
class Law:
    """The rules in use, and the reform that lies over them."""

    base: RuleBase
    reform: Reform | None = None


def law(base: RuleBase, reform: Reform | None = None, known: date | None = None) -> Law:
    """The rules as known on a day (None: today) with a reform over them.

    Raises RuleError where it does not fit the rules of that day.
    """
    then = as_known(base, known) if known else base
    return Law(apply_reform(then, reform), reform) if reform else Law(then)


def named_law(base: RuleBase, reform: str = "", known: date | None = None) -> Law:
    """The same with a reform that comes with the program, by its name and what is chosen for its parameters
    (`name:parameter=value`; empty: none). Kept, and with it what is compiled from it; no file of a visitor is read.

    Raises UserError where there is no such reform or parameter, RuleError where it does not fit.
    """
    base = base if known else known_now(base, date.today())
    if reform and split_choice(reform)[0] not in reforms(base):
        raise UserError(f"Er is geen hervorming «{reform}». Kies uit {', '.join(reforms(base))}.")
    held = (low for low, high in knowledge_periods(base) if known and low <= known.toordinal() <= high)
    return _kept(base, reform, next(held, None))


def touched(law: Law) -> list[Decision]:
    """The decisions that the reform changes, and those that rest on one."""
    changed = {change.besluit for change in law.reform.wijzigingen} if law.reform else set()
    return [d for d in law.base.besluiten.values() if changed & {u.id for u in decisions_under(law.base, d)}]


@lru_cache(maxsize=64)
def _kept(base: RuleBase, reform: str, known: int | None) -> Law:
    """By the day on which the knowledge began: between two such days the rules are the same."""
    layer = read_reform(base, reform) if reform else None
    return law(base, layer, date.fromordinal(known) if known else None)


@lru_cache(maxsize=8)
def reforms(base: RuleBase) -> dict[str, Reform]:
    """The reforms that come with the program, by their names, with the values that they are read with."""
    return {name: read_reform(base, name) for name in reform_files(base)}
