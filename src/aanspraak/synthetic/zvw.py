"""Zvw claims of a month: spending per sector by group, and some lines that a monitor must leave out."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np

from aanspraak.synthetic.arrays import Bools, Days, Floats, Ints, whole
from aanspraak.synthetic.calendar import month_starts
from aanspraak.synthetic.cells import package_of, packages
from aanspraak.synthetic.episodes import Episodes
from aanspraak.synthetic.tariffs import growth
from aanspraak.synthetic.world import in_forms

_PARAMEDICAL = "PMZ"


@dataclass(frozen=True)
class ZvwLines:
    """Lines of `zvw_declaraties`, one element a line; each is about one day."""

    client: Ints
    """From `people.clients` up: people without Wlz care."""
    sector: Ints
    """Index in `sectors`."""
    kind: Ints
    """Index in the kinds of paramedical care, -1 for other sectors."""
    day: Days
    quantity: Ints
    cents: Ints
    extra: Bools
    """From the aanvullende verzekering."""

    def take(self, where: Bools) -> "ZvwLines":
        return ZvwLines(*(getattr(self, field.name)[where] for field in fields(self)))


def sectors(assumptions: dict[str, Any]) -> list[str]:
    return [*assumptions["zvw_gebruik"], _PARAMEDICAL]


def outsiders(people: Episodes, assumptions: dict[str, Any]) -> int:
    """How many people without Wlz care there are in the Zvw claims."""
    share: float = assumptions["zvw_ruis"]["zonder_wlz"]
    return max(round(share * people.clients), 1)


def month_claims(
    people: Episodes, treated: Bools, assumptions: dict[str, Any], month: int, rng: np.random.Generator
) -> ZvwLines:
    """All Zvw lines of `month`; `treated` says which episodes have paramedical care in it."""
    deciding = people.deciding(month)
    soon = people.newcomers(month + 1, month + assumptions["maanden_vooraf"])
    episode = np.concatenate([deciding, soon])
    early = np.arange(len(episode)) >= len(deciding)
    inclusive = in_forms(people.cell[episode], "zzp_incl")
    group = np.where(early, "vooraf", np.where(inclusive, "zzp_incl", "anders"))
    parts = []
    for sector, chances in assumptions["zvw_gebruik"].items():
        chance = np.select([group == name for name in chances], list(chances.values()))
        mine = episode[rng.random(len(episode)) < chance]
        cents = _amounts(sector, people.cell[mine], assumptions, month, rng)
        parts.append(_lines(people, mine, sector, (np.ones(len(mine), dtype=np.int64), cents), assumptions, month, rng))
    parts.append(_paramedical(people, deciding[treated[deciding]], assumptions, month, rng))
    lines = _join(parts)
    noise = assumptions["zvw_ruis"]
    credited = lines.take(rng.random(len(lines.client)) < noise["correctie"])
    strange = lines.take(rng.random(len(lines.client)) < noise["zonder_wlz"])
    outside = people.clients + rng.integers(0, outsiders(people, assumptions), len(strange.client))
    return _join([lines, credited, replace(credited, cents=-credited.cents), replace(strange, client=outside)])


def _amounts(sector: str, cell: Ints, assumptions: dict[str, Any], month: int, rng: np.random.Generator) -> Ints:
    """Skewed amounts in cents, at least one; where the level is yearly, the mean times the chance of a claim is it."""
    if sector in assumptions["zvw_bedrag_per_declaratie"]:
        level: Floats = np.full(len(cell), float(assumptions["zvw_bedrag_per_declaratie"][sector]))
    else:
        yearly = assumptions["zvw_bedrag_per_jaar"]
        per_package = np.array([yearly[package.wlz_sector][sector] for package in packages()])
        level = per_package[package_of(cell)] / 12 / assumptions["zvw_gebruik"][sector]["anders"]
    shape = assumptions["zvw_spreiding"]
    drawn = rng.standard_gamma(shape, len(cell)) / shape
    return np.maximum(whole(100 * level * growth(month, assumptions) * drawn), 1)


def _paramedical(
    people: Episodes, episode: Ints, assumptions: dict[str, Any], month: int, rng: np.random.Generator
) -> ZvwLines:
    use = assumptions["paramedisch_gebruik"]
    sessions = 1 + rng.poisson(use["zittingen"] - 1, len(episode))
    cents = whole(100 * use["prijs"] * growth(month, assumptions) * sessions)
    shares = [kind["aandeel"] for kind in assumptions["paramedisch_soort"].values()]
    lines = _lines(people, episode, _PARAMEDICAL, (sessions, cents), assumptions, month, rng)
    return replace(lines, kind=rng.choice(len(shares), len(episode), p=shares))


def _lines(
    people: Episodes,
    episode: Ints,
    sector: str,
    quantity_and_cents: tuple[Ints, Ints],
    assumptions: dict[str, Any],
    month: int,
    rng: np.random.Generator,
) -> ZvwLines:
    """Lines on a random day of the month, up to the end of the care."""
    start, after = month_starts()[month : month + 2]
    last = np.minimum(people.finish[episode], after - 1)
    day = start + (rng.random(len(episode)) * (last - start + 1)).astype(np.int64)
    index = np.full(len(episode), sectors(assumptions).index(sector))
    extra = rng.random(len(episode)) < assumptions["zvw_aanvullend"].get(sector, 0)
    return ZvwLines(people.client[episode], index, np.full(len(episode), -1), day, *quantity_and_cents, extra)


def _join(parts: Sequence[ZvwLines]) -> ZvwLines:
    return ZvwLines(*(np.concatenate([getattr(part, field.name) for part in parts]) for field in fields(ZvwLines)))
