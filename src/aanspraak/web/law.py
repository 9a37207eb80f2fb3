"""The rules that a page is about: as known on a day, and with a reform over them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from aanspraak.engine.graph import decisions_under
from aanspraak.engine.knowledge import as_known, knowledge_periods
from aanspraak.engine.model import Range, Reform, RuleBase, UserError
from aanspraak.engine.reader import RULES, read_reform
from aanspraak.engine.reform import apply_reform


@dataclass(frozen=True, slots=True)
class Law:
    """The rules in use, and the reform that lies over them."""

    base: RuleBase
    reform: Reform | None = None


def law(base: RuleBase, reform: str = "", known: date | None = None) -> Law:
    """The rules as known on a day (None: today) with the reform of that name over them (empty: none).

    Raises UserError where there is no such reform, RuleError where it does not fit the rules of that day.
    """
    if reform and reform not in reforms(base):
        raise UserError(f"Er is geen hervorming «{reform}». Kies uit {', '.join(reforms(base))}.")
    held = (low for low, high in knowledge_periods(base) if known and low <= known.toordinal() <= high)
    return _law(base, reform, next(held, None))


@lru_cache(maxsize=64)
def _law(base: RuleBase, reform: str, known: int | None) -> Law:
    """Kept by the day on which the knowledge began, so that what is compiled from it is kept as well."""
    then = as_known(base, date.fromordinal(known)) if known else base
    if not reform:
        return Law(then)
    return Law(apply_reform(then, reforms(base)[reform]), reforms(base)[reform])


@lru_cache(maxsize=8)
def reforms(base: RuleBase) -> dict[str, Reform]:
    """The reforms that come with the program, by their names; no file of a visitor is ever read."""
    return {p.stem: read_reform(base, p.stem) for p in sorted((RULES / "hervormingen").glob("*.yaml"))}


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
