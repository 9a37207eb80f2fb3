"""The tables beside the claims: pgb grants, indications and deaths."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from aanspraak.synthetic.arrays import Ints, whole
from aanspraak.synthetic.calendar import add_months, first_day, month_count, year_of
from aanspraak.synthetic.cells import FORMS, package_of, packages
from aanspraak.synthetic.episodes import NO_DAY, End, Episodes
from aanspraak.synthetic.tariffs import growth
from aanspraak.synthetic.world import World, in_forms


def grants(world: World) -> dict[str, Ints]:
    """One grant per pgb episode and calendar year; some clients with mpt have a pgb beside it."""
    people = world.people
    allowed = np.array([package.allows_pgb for package in packages()])[package_of(people.cell)]
    beside = allowed & (world.traits["pgb"][people.client] < world.assumptions["pgb_naast_mpt"])
    having = np.flatnonzero(in_forms(people.cell, "pgb") | (in_forms(people.cell, "mpt") & beside))
    per_package = world.tariffs.reshape(-1, len(FORMS))[:, FORMS.index("pgb")]
    parts = []
    for month in range(0, month_count(), 12):
        begin = np.maximum(people.begin[having], first_day(year_of(month)))
        finish = np.minimum(people.finish[having], first_day(year_of(month) + 1) - 1)
        runs = begin <= finish
        package = package_of(people.cell[having[runs]])
        per_day = whole(per_package[package] * growth(month, world.assumptions))
        cents = per_day * (finish - begin + 1)[runs]
        parts.append((people.client[having[runs]], begin[runs], finish[runs], package, cents))
    return _columns(("client", "begin", "finish", "package", "cents"), parts)


def indications(world: World, rng: np.random.Generator) -> dict[str, Ints]:
    """The indications of everyone; those around short-term care come with it."""
    people = world.people
    rest = Episodes(*(getattr(people, name)[people.client < world.rest] for name in Episodes.__dataclass_fields__))
    others = world.short_term.lives.indications
    columns = {**others, "client": world.numbers[others["client"]]}
    parts = [tuple(found.values()) for found in (rest_indications(rest, world.assumptions, rng), columns)]
    return _columns(tuple(columns), parts)


def rest_indications(people: Episodes, assumptions: dict[str, Any], rng: np.random.Generator) -> dict[str, Ints]:
    """One indication per client and package, renewed where it is valid for a limited time.

    The first starts before the care; a later one starts with the new care and ends the one before. `finish` is `NO_DAY`
    for one that is in force without a limit.
    """
    all_packages = package_of(people.cell)
    start = np.flatnonzero(people.opening | (np.diff(all_packages, prepend=-1) != 0))
    client, package = people.client[start], all_packages[start]
    days = assumptions["indicatie_voor_de_zorg"]
    lead = np.where(people.opening[start], rng.integers(0, days["ingang"] + 1, len(start)), 0)
    begin = people.begin[start] - lead
    followed = np.append(client[1:] == client[:-1], False)
    replaced = np.where(followed, np.append(begin[1:], 0) - 1, NO_DAY)
    care_ends = people.finish[np.append(start[1:], len(people.client)) - 1]
    valid = np.array([each.months_valid or 0 for each in packages()])[package]
    parts, renewals, rows = [], 0, np.arange(len(start))
    while len(rows):
        since = add_months(begin[rows], renewals * valid[rows])
        expires = add_months(begin[rows], (renewals + 1) * valid[rows]) - 1
        limited = valid[rows] > 0
        earlier = limited & ((replaced[rows] == NO_DAY) | (expires < replaced[rows]))
        given = since - rng.integers(0, days["afgifte"] + 1, len(rows))
        parts.append((client[rows], given, since, np.where(earlier, expires, replaced[rows]), package[rows]))
        rows = rows[limited & (expires < care_ends[rows])]
        renewals += 1
    return _columns(("client", "given", "begin", "finish", "package"), parts)


def deaths(world: World) -> dict[str, Ints]:
    """The day of death of everyone who died in Wlz care or around short-term care."""
    people, others = world.people, world.short_term.lives.deaths
    died = people.end == End.DEATH
    return {
        "client": np.concatenate([people.client[died], world.numbers[others["client"]]]),
        "day": np.concatenate([people.finish[died], others["day"]]),
    }


def _columns(names: tuple[str, ...], parts: Sequence[tuple[Ints, ...]]) -> dict[str, Ints]:
    joined = [np.concatenate(column) for column in zip(*parts, strict=True)]
    order = np.lexsort((joined[names.index("begin")], joined[0]))
    return {name: column[order] for name, column in zip(names, joined, strict=True)}
