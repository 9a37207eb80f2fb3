"""What a request asks about: the rules of its day of knowledge with its reform, and the decision in its address.

Everything that touches the engine is `async`, though it waits for nothing: so it runs one after another, and what the
engine keeps is never written by two at once.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import Depends, Path, Query, Request

from aanspraak.api.models import Day
from aanspraak.api.problems import Problem
from aanspraak.engine.given import did_you_mean
from aanspraak.engine.knowledge import known_now
from aanspraak.engine.law import named_law
from aanspraak.engine.model import Decision, RuleBase

Besluit = Annotated[str, Path(description="De id van het besluit; zie /besluiten.")]
Reform = Annotated[
    str | None, Query(description="Een verkenning, geen geldend recht; met eigen waarden: «naam:parameter=waarde».")
]


async def base_of(request: Request) -> RuleBase:
    """The rules as they are known today."""
    base: RuleBase = request.app.state.base
    return known_now(base, date.today())


Base = Annotated[RuleBase, Depends(base_of)]


def asked_law(base: RuleBase, reform: str | None, known: date | None) -> RuleBase:
    """The rules as known on a day, with a reform. Raises UserError where there is no such reform."""
    return named_law(base, reform or "", known).base


async def law_in_query(
    base: Base,
    kennisdatum: Annotated[Day | None, Query(description="Zoals de regels op die dag bekend waren.")] = None,
    hervorming: Reform = None,
) -> RuleBase:
    """The rules that the query asks for."""
    return asked_law(base, hervorming, kennisdatum)


LawInQuery = Annotated[RuleBase, Depends(law_in_query)]


def decision_in(base: RuleBase, name: str) -> Decision:
    """The decision in the address. Raises Problem 404 with the nearest names."""
    if name not in base.besluiten:
        raise missing("besluit", name, base.besluiten)
    return base.besluiten[name]


def missing(what: str, name: str, names: object) -> Problem:
    """There is nothing of that name; with names that look alike."""
    known = list(names)  # type: ignore[call-overload]
    return Problem(404, f"Er is geen {what} «{name}».{did_you_mean(name, known)}")
