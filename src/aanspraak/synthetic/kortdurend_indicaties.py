"""The indications of people around short-term care, one at a time."""

from typing import Any

import numpy as np

from aanspraak.synthetic.arrays import Bools, Ints
from aanspraak.synthetic.calendar import add_months, first_day, month_starts
from aanspraak.synthetic.cells import FORMS, packages
from aanspraak.synthetic.episodes import NO_DAY
from aanspraak.synthetic.kortdurend_profielen import NONE, Profiles, profile_index
from aanspraak.synthetic.kortdurend_verblijven import Stays
from aanspraak.synthetic.kortdurend_zorg import WINDOW, Around


def indications_around(
    stays: Stays, profiles: Profiles, around: Around, assumptions: dict[str, Any], rng: np.random.Generator
) -> dict[str, Ints]:
    """As `registers.indications` gives them. A later one of a client ends the one before."""
    recovery, own = stays.of_form("vv9b"), profile_index("VV9")
    sooner = rng.integers(0, assumptions["indicatie_voor_de_zorg"]["afgifte"] + 1, len(stays))
    rows = [
        _had(stays, profiles, around, sooner, assumptions, rng),
        _new(stays, profiles, around, sooner, assumptions, rng),
        *_recovery(stays, around, recovery, own, sooner),
    ]
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


def _had(
    stays: Stays,
    profiles: Profiles,
    around: Around,
    sooner: Ints,
    assumptions: dict[str, Any],
    rng: np.random.Generator,
) -> tuple[Ints, ...]:
    """Indications from before the stay, and before everything else of the client; not those of an earlier Wlz stay."""
    again = (stays.follows >= 0) & stays.of_form("vv9b", "wlz_crisis")[stays.follows]
    had = np.flatnonzero((profiles.before != NONE) & ~again)
    package = profiles.before[had]
    lead = rng.integers(0, assumptions["indicatie_voor_de_zorg"]["ingang"] + 1, len(had))
    arrival = np.full(int(stays.client.max()) + 1, month_starts()[-1])
    np.minimum.at(arrival, stays.client, stays.begin)
    earlier = arrival[stays.client] - 1 - assumptions["kortdurend_zorg_eromheen"]["minstens"]
    begin = np.where(around.cell_before != NONE, around.since, earlier)[had] - lead
    # VV9 is soon over; who waits for it got it lately.
    begin = np.where(package == profile_index("VV9"), stays.begin[had] - 1 - lead, begin)
    closed = ~np.array([each.takes_newcomers for each in packages()])[package]
    first, last = assumptions["oude_indicaties"]
    begin = np.where(closed, rng.integers(first_day(first), first_day(last + 1), len(had)), begin)
    return stays.client[had], begin - sooner[had], begin, package


def _new(
    stays: Stays,
    profiles: Profiles,
    around: Around,
    sooner: Ints,
    assumptions: dict[str, Any],
    rng: np.random.Generator,
) -> tuple[Ints, ...]:
    """Indications that come with the stay, but for those that the next stay brings."""
    zvw, recovery, crisis = (stays.of_form(*names) for names in (("elv", "grz"), ("vv9b",), ("wlz_crisis",)))
    had = profiles.before != NONE
    span = np.maximum(np.minimum(around.starts - stays.finish, WINDOW), 1)
    within = 1 + (rng.random(len(stays)) * span).astype(np.int64)
    during = stays.begin + (rng.random(len(stays)) * stays.length).astype(np.int64)
    lead = rng.integers(0, assumptions["indicatie_voor_de_zorg"]["ingang"] + 1, len(stays))
    new = np.select(
        [profiles.moment == 1, profiles.moment == 2], [during, stays.finish + within], stays.begin - 1 - lead
    )
    new = np.where(zvw, new, np.where(recovery, stays.finish + 1, stays.begin))
    gets = (profiles.after != NONE) & ~(had & (profiles.after == profiles.before) & ~recovery)
    at_home = around.cell_after // len(FORMS) == profile_index("VV9")
    gets &= ~(recovery & ((around.cell_after == NONE) | at_home)) & ~(zvw & had)
    gets &= zvw | (stays.followed_by() < 0)
    soonest, latest = assumptions["kortdurend_besluit_na_opname"]["dagen"]
    late = rng.integers(soonest, latest, len(stays))
    given = new - np.where(crisis & ~had, -late, sooner)
    return stays.client[gets], given[gets], new[gets], profiles.after[gets]


def _recovery(stays: Stays, around: Around, recovery: Bools, own: int, sooner: Ints) -> list[tuple[Ints, ...]]:
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
