"""The Wlz care before, during and after short-term care, with indications and deaths: lives like those of the rest."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from aanspraak.synthetic.arrays import Bools, Days, Floats, Ints
from aanspraak.synthetic.calendar import add_months, month_count, month_starts
from aanspraak.synthetic.cells import FORMS, form_of, packages
from aanspraak.synthetic.episodes import NO_DAY, End, Episodes
from aanspraak.synthetic.kortdurend_cijfers import LASTING, STATES
from aanspraak.synthetic.kortdurend_profielen import NONE, Profiles, cells_for
from aanspraak.synthetic.kortdurend_verblijven import Stays

_WINDOW = 14


@dataclass(frozen=True)
class Lives:
    """`episodes` are numbered by `client` from 0 as the stays are; not every client has one.

    `indications` is as `registers.indications` gives; `deaths` are those that end no episode: client and day.
    """

    episodes: Episodes
    indications: dict[str, Ints]
    deaths: dict[str, Ints]


@dataclass(frozen=True)
class _Around:
    """Per stay the cell and days of care before and after (`NONE` without), and the day of death (`NO_DAY`)."""

    cell_before: Ints
    since: Days
    cell_after: Ints
    starts: Days
    until: Days
    death: Days
    goes_on: Bools


def make_lives(
    stays: Stays, profiles: Profiles, stock: Floats, assumptions: dict[str, Any], rng: np.random.Generator
) -> Lives:
    """Care, indications and deaths around the stays; `stock` is clients per cell, for the forms of care at home."""
    around = _around(stays, profiles, stock, assumptions, rng)
    episodes = _episodes(stays, around)
    dies = (around.death != NO_DAY) & ~around.goes_on
    deaths = {"client": stays.client[dies], "day": around.death[dies]}
    return Lives(episodes, _indications(stays, profiles, around, assumptions, rng), deaths)


def months_of(episodes: Episodes) -> Ints:
    """Clients per month and cell, as the episodes decide them."""
    result = np.zeros((month_count() + 1, len(packages()) * len(FORMS)), dtype=np.int64)
    decides = episodes.last >= episodes.first
    np.add.at(result, (episodes.first[decides], episodes.cell[decides]), 1)
    np.add.at(result, (episodes.last[decides] + 1, episodes.cell[decides]), -1)
    return result.cumsum(axis=0)[:-1]


def _around(
    stays: Stays, profiles: Profiles, stock: Floats, assumptions: dict[str, Any], rng: np.random.Generator
) -> _Around:
    days = assumptions["kortdurend_zorg_eromheen"]
    count = len(stays)
    lasting = [STATES.index(name) for name in LASTING]
    cell_before = cells_for(np.where(np.isin(stays.before, lasting), stays.before, 0), profiles.before, stock, rng)
    cell_after = cells_for(np.where(np.isin(stays.after, lasting), stays.after, 0), profiles.after, stock, rng)
    goes_on = stays.of_form("elv", "grz") & (cell_before != NONE)
    cell_after = np.where(goes_on, cell_before, cell_after)
    since = stays.begin - days["minstens"] - rng.exponential(days["voor"], count).astype(np.int64)
    # After the Zvw care follows the indication, else it begins at once.
    delay = np.where(stays.of_form("elv", "grz"), rng.integers(1, _WINDOW + 1, count), 1)
    pauses = goes_on & stays.of_form("grz") & (stays.before == STATES.index("thuis_met_wlz"))
    pauses &= (stays.after == stays.before) & (rng.random(count) < assumptions["kortdurend_pauze"]["aandeel"])
    # Care at home that pauses for GRZ begins again when nobody looks any more.
    starts = stays.finish + delay + np.where(pauses, _WINDOW, 0)
    until = starts + days["minstens"] + rng.exponential(days["na"], count).astype(np.int64)
    same_day = rng.random(count) < assumptions["kortdurend_overlijden"]["zelfde_dag"]
    later = np.where(same_day, 0, rng.integers(1, _WINDOW + 1, count))
    death = np.where(stays.after == STATES.index("overleden"), stays.finish + later, NO_DAY)
    cell_after = np.where(starts < month_starts()[-1], cell_after, NONE)
    return _Around(cell_before, since, cell_after, starts, until, death, goes_on & ~pauses)


def _episodes(stays: Stays, around: _Around) -> Episodes:
    """Before, the VV9b stay itself, and after; Wlz care goes on during ELV and GRZ."""
    recovery = stays.of_form("vv9b")
    own = _recovery_package() * len(FORMS) + FORMS.index("zzp_incl")
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


def _indications(
    stays: Stays, profiles: Profiles, around: _Around, assumptions: dict[str, Any], rng: np.random.Generator
) -> dict[str, Ints]:
    """One at a time per client: a later one ends the one before."""
    lead = rng.integers(0, assumptions["indicatie_voor_de_zorg"]["ingang"] + 1, len(stays))
    arrival = np.full(len(stays), month_starts()[-1])
    np.minimum.at(arrival, stays.client, stays.begin)
    earlier = arrival[stays.client] - 1 - assumptions["kortdurend_zorg_eromheen"]["minstens"]
    waits = np.where(around.cell_before != NONE, around.since, earlier)
    zvw, recovery, crisis = (stays.of_form(*names) for names in (("elv", "grz"), ("vv9b",), ("wlz_crisis",)))
    had = profiles.before != NONE
    span = np.maximum(np.minimum(around.starts - stays.finish, _WINDOW), 1)
    within = 1 + (rng.random(len(stays)) * span).astype(np.int64)
    during = stays.begin + (rng.random(len(stays)) * stays.length).astype(np.int64)
    new = np.select(
        [profiles.moment == 1, profiles.moment == 2], [during, stays.finish + within], stays.begin - 1 - lead
    )
    new = np.where(zvw, new, np.where(recovery, stays.finish + 1, stays.begin))
    gets = (profiles.after != NONE) & ~(had & (profiles.after == profiles.before) & ~recovery)
    gets &= ~(recovery & (around.cell_after == NONE)) & ~(zvw & had)
    soonest, latest = assumptions["kortdurend_besluit_na_opname"]["dagen"]
    late = rng.integers(soonest, latest, len(stays))
    sooner = rng.integers(0, assumptions["indicatie_voor_de_zorg"]["afgifte"] + 1, len(stays))
    works_back = crisis & ~had
    own = _recovery_package()
    rows = [
        (stays.client[had], waits[had] - lead[had] - sooner[had], waits[had] - lead[had], profiles.before[had]),
        (
            stays.client[gets], (new - np.where(works_back, -late, sooner))[gets], new[gets], profiles.after[gets],
        ),
        *_recovery(stays, around, recovery, own, sooner),
    ]  # fmt: skip
    client, given, begin, package = (np.concatenate(column) for column in zip(*rows, strict=True))
    order = np.lexsort((package == own, begin, client))
    client, given, begin, package = client[order], given[order], begin[order], package[order]
    followed = np.append(client[1:] == client[:-1], False)
    finish = np.where(followed, np.append(begin[1:], 0) - 1, NO_DAY)
    valid = np.array([each.months_valid or 0 for each in packages()])[package]
    expires = add_months(begin, valid) - 1
    finish = np.where((valid > 0) & ((finish == NO_DAY) | (expires < finish)), expires, finish)
    kept = (finish == NO_DAY) | (finish >= begin)
    columns = {"client": client, "given": given, "begin": begin, "finish": finish, "package": package}
    return {name: column[kept] for name, column in columns.items()}


def _recovery_package() -> int:
    return [package.kind for package in packages()].index("vv9b")


def _recovery(stays: Stays, around: _Around, recovery: Bools, own: int, sooner: Ints) -> list[tuple[Ints, ...]]:
    """VV9 indications, renewed as long as the stay and other VV9 care around it last."""
    valid = packages()[own].months_valid or 0
    at_home = around.cell_before // len(FORMS) == own
    begin = np.where(at_home, around.since, stays.begin)
    until = np.where(around.cell_after // len(FORMS) == own, around.until, stays.finish)
    rows, renewals = np.flatnonzero(recovery), 0
    result: list[tuple[Ints, ...]] = []
    while len(rows):
        since = add_months(begin[rows], np.full(len(rows), renewals * valid))
        result.append((stays.client[rows], since - sooner[rows], since, np.full(len(rows), own)))
        renewals += 1
        rows = rows[add_months(begin[rows], np.full(len(rows), renewals * valid)) <= until[rows]]
    return result
