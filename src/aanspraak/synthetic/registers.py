"""The tables beside the claims: pgb grants, indications and deaths."""

from typing import Any

import numpy as np

from aanspraak.synthetic.calendar import add_months, first_day, month_starts
from aanspraak.synthetic.calibration import Ints, years
from aanspraak.synthetic.cells import FORMS, form_of, package_of, packages
from aanspraak.synthetic.lines import whole
from aanspraak.synthetic.population import End, Episodes
from aanspraak.synthetic.tariffs import growth
from aanspraak.synthetic.wlz import World

NO_DAY = np.iinfo(np.int32).min
"""An end date that is not known."""


def grants(world: World) -> dict[str, Ints]:
    """One grant per pgb episode and calendar year; some clients with mpt have a pgb beside it."""
    episodes = world.episodes
    form = form_of(episodes.cell)
    allowed = np.array([package.allows_pgb for package in packages()])[package_of(episodes.cell)]
    beside = allowed & (world.traits["pgb"][episodes.client] < world.assumptions["pgb_naast_mpt"])
    which = np.flatnonzero((form == FORMS.index("pgb")) | ((form == FORMS.index("mpt")) & beside))
    per_package = world.tariffs.reshape(-1, len(FORMS))[:, FORMS.index("pgb")]
    parts = []
    for at, year in enumerate(years()):
        begin = np.maximum(episodes.begin[which], first_day(year)).astype(np.int64)
        finish = np.minimum(episodes.finish[which], first_day(year + 1) - 1)
        rows = begin <= finish
        package = package_of(episodes.cell[which[rows]])
        per_day = whole(per_package[package] * growth(at, world.assumptions))
        cents = per_day * (finish - begin + 1)[rows]
        parts.append((episodes.client[which[rows]], begin[rows], finish[rows], package, cents))
    return _columns(("client", "begin", "finish", "package", "cents"), parts)


def indications(episodes: Episodes, assumptions: dict[str, Any], rng: np.random.Generator) -> dict[str, Ints]:
    """One indication per client and package, renewed where it is valid for a limited time.

    It starts before the care; a later one starts with the new care and ends the one before. `finish` is `NO_DAY` for
    one that is still in force without a limit.
    """
    package = package_of(episodes.cell)
    opening = np.diff(episodes.client, prepend=-1) > 0
    changes = opening | (np.diff(package, prepend=-1) != 0)
    which = np.flatnonzero(changes)
    client, package, opening = episodes.client[which], package[which], opening[which]
    days = assumptions["indicatie_voor_de_zorg"]
    lead = np.where(opening, rng.integers(0, days["ingang"] + 1, len(which)), 0)
    begin = episodes.begin[which].astype(np.int64) - lead
    last_of_client = np.append(client[1:] != client[:-1], True)
    followed = np.where(last_of_client, month_starts()[-1], np.append(begin[1:], 0))
    stop = np.where(last_of_client, NO_DAY, followed - 1)
    care_ends = episodes.finish[np.append(which[1:], len(episodes.client)) - 1]
    valid = np.array([each.months_valid or 0 for each in packages()])[package]
    parts, renewal = [], 0
    rows = np.arange(len(which))
    while len(rows):
        limited = valid[rows] > 0
        start = np.where(limited, add_months(begin[rows].astype(np.int32), renewal * valid[rows]), begin[rows])
        expiry = add_months(begin[rows].astype(np.int32), (renewal + 1) * valid[rows]).astype(np.int64) - 1
        finish = np.where(limited, np.where(stop[rows] == NO_DAY, expiry, np.minimum(stop[rows], expiry)), stop[rows])
        given = start - rng.integers(0, days["afgifte"] + 1, len(rows))
        parts.append((client[rows], given, start, finish, package[rows]))
        rows = rows[limited & (expiry < care_ends[rows])]
        renewal += 1
    return _columns(("client", "given", "begin", "finish", "package"), parts)


def deaths(episodes: Episodes) -> dict[str, Ints]:
    """The day of death of everyone who died in care."""
    died = episodes.end == End.DEATH
    return {"client": episodes.client[died], "day": episodes.finish[died].astype(np.int64)}


def _columns(names: tuple[str, ...], parts: list[tuple[Ints, ...]]) -> dict[str, Ints]:
    joined = [np.concatenate(column) for column in zip(*parts, strict=True)]
    order = np.lexsort((joined[names.index("begin")], joined[0]))
    return {name: column[order] for name, column in zip(names, joined, strict=True)}
