"""The Wlz care before, during and after short-term care, and deaths: lives like those of the rest."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from aanspraak.synthetic.arrays import Days, Floats, Ints
from aanspraak.synthetic.calendar import month_count, month_starts
from aanspraak.synthetic.cells import FORMS, form_of, packages
from aanspraak.synthetic.episodes import NO_DAY, End, Episodes
from aanspraak.synthetic.kortdurend_indicaties import indications_around
from aanspraak.synthetic.kortdurend_profielen import NONE, Profiles, profile_index
from aanspraak.synthetic.kortdurend_verblijven import Stays
from aanspraak.synthetic.kortdurend_zorg import Around, care_around


@dataclass(frozen=True)
class Lives:
    """`episodes` are numbered by `client` from 0 as the stays are; not every client has one.

    `indications` is as `registers.indications` gives; `deaths` are those that end no episode: client and day.
    """

    episodes: Episodes
    indications: dict[str, Ints]
    deaths: dict[str, Ints]


def make_lives(
    stays: Stays, profiles: Profiles, stock: Floats, assumptions: dict[str, Any], rng: np.random.Generator
) -> Lives:
    """Care, indications and deaths around the stays; `stock` is clients per cell, for the forms of care at home."""
    around = care_around(stays, profiles, stock, assumptions, rng)
    episodes = _episodes(stays, around)
    dies = (around.death != NO_DAY) & ~around.goes_on
    deaths = {"client": stays.client[dies], "day": around.death[dies]}
    return Lives(episodes, indications_around(stays, profiles, around, assumptions, rng), deaths)


def months_of(episodes: Episodes) -> Ints:
    """Clients per month and cell, as the episodes decide them."""
    result = np.zeros((month_count() + 1, len(packages()) * len(FORMS)), dtype=np.int64)
    decides = episodes.last >= episodes.first
    np.add.at(result, (episodes.first[decides], episodes.cell[decides]), 1)
    np.add.at(result, (episodes.last[decides] + 1, episodes.cell[decides]), -1)
    return result.cumsum(axis=0)[:-1]


def _episodes(stays: Stays, around: Around) -> Episodes:
    """Before, the VV9b stay itself, and after; Wlz care goes on during ELV and GRZ."""
    recovery = stays.of_form("vv9b")
    own = profile_index("VV9") * len(FORMS) + FORMS.index("zzp_incl")
    before = (around.cell_before != NONE) & ~around.goes_on
    after = (around.cell_after != NONE) & ~around.goes_on
    died = around.death != NO_DAY
    on = around.goes_on
    parts = [
        (before, around.cell_before, around.since, stays.begin - 1, End.OUT),
        (recovery, np.full(len(stays), own), stays.begin, stays.finish, End.OUT),
        (after, around.cell_after, around.starts, around.until, End.DEATH),
        (on & died, around.cell_before, around.since, around.death, End.DEATH),
        (on & ~died, around.cell_before, around.since, around.until, End.DEATH),
    ]
    client = np.concatenate([stays.client[rows] for rows, *_ in parts])
    cell = np.concatenate([cells[rows] for rows, cells, *_ in parts])
    begin = np.concatenate([days[rows] for rows, _, days, *_ in parts])
    finish = np.concatenate([days[rows] for rows, _, _, days, _ in parts])
    end = np.concatenate([np.full(rows.sum(), why) for rows, *_, why in parts])
    order = np.lexsort((begin, client))
    return _deciding(*(column[order] for column in (client, cell, begin, finish, end)))


def _deciding(client: Ints, cell: Ints, begin: Days, finish: Days, end: Ints) -> Episodes:
    """With the months that each decides: of two in a month the later, but zzp and vpt before mpt and pgb."""
    starts = month_starts()
    end = np.where(finish >= starts[-1] - 1, End.RUNNING, np.where(np.diff(client, append=-1) == 0, End.MOVE, end))
    finish = np.minimum(finish, starts[-1] - 1)
    first = np.maximum(np.searchsorted(starts, begin, side="right") - 1, 0)
    last = np.searchsorted(starts, finish, side="right") - 1
    packaged = ~np.isin(form_of(cell), [FORMS.index("mpt"), FORMS.index("pgb")])
    meets = np.flatnonzero((client[:-1] == client[1:]) & (first[1:] <= last[:-1]))
    stays_on = packaged[meets] & ~packaged[meets + 1]
    first[meets[stays_on] + 1] = last[meets[stays_on]] + 1
    last[meets[~stays_on]] = first[meets[~stays_on] + 1] - 1
    return Episodes(client, cell, first, last, begin, finish, end)
