"""Which stays of short-term care are of one client: those that follow on each other, and users of two in a year."""

from dataclasses import replace
from typing import Any

import numpy as np

from aanspraak.published import published
from aanspraak.synthetic.arrays import Bools, Ints, spread
from aanspraak.synthetic.calendar import first_day
from aanspraak.synthetic.kortdurend_cijfers import LINKS, SHOWS, STATES, all_kinds, shown_by, trajectory_years
from aanspraak.synthetic.kortdurend_ijking import begun_stays, user_count
from aanspraak.synthetic.kortdurend_verblijven import WEEK, Stays, closing_day

_WITHIN_THE_WEEK = 2, 7
_LATER = 8, 14
"""Days from the end of a trajectory to the start of the next: not joined, and seen from the next or not."""


def follow(stays: Stays, rng: np.random.Generator) -> Stays:
    """Give stays that come from or go to another trajectory a shared client, the second soon after the first.

    Where one of a pair is missing, the other comes from no Wlz care, or goes to a stay with treatment.
    """
    stays = replace(stays, **{name: getattr(stays, name).copy() for name in Stays.__dataclass_fields__})
    for year in trajectory_years():
        for first, table, second, other in LINKS:
            goes = stays.in_table(first, table) & (stays.year() == year) & stays.in_states("after", shown_by(second))
            free = stays.in_table(second, other) & (stays.year() == year) & (stays.follows < 0)
            from_wlz = first in SHOWS.values()
            came = free & stays.in_states("before", shown_by(first)) if from_wlz else np.zeros(len(stays), dtype=bool)
            others = free & stays.in_states("before", "geen_wlz") & ~stays.in_states("after", *SHOWS)
            one, seen, more = (rng.permutation(np.flatnonzero(rows)) for rows in (goes, came, others))
            two = np.concatenate([seen, more])[: len(one)]
            stays.before[seen[len(one) :]] = STATES.index("geen_wlz")
            stays.after[one[len(two) :]] = STATES.index("verblijf_met_behandeling")
            within = np.arange(len(two)) < (len(seen) if from_wlz else len(two))
            opens = first_day(year) + WEEK
            _join(stays, _fitting(stays, one[: len(two)], two, opens), two, within, opens, rng)
    return stays


def _fitting(stays: Stays, one: Ints, two: Ints, opens: int) -> Ints:
    """The firsts, exchanged for that of the shortest pair where a pair is too long for its days of data."""
    one, room = one.copy(), closing_day() - opens - _LATER[1]
    for at in np.flatnonzero(stays.length[one] + stays.length[two] > room):
        other = np.argmin(stays.length[one] + stays.length[two])
        one[[at, other]] = one[[other, at]]
    return one


def _join(stays: Stays, one: Ints, two: Ints, within: Bools, opens: int, rng: np.random.Generator) -> None:
    """Where the second would end after the closing day, both begin earlier, but not before `opens`."""
    gap = np.where(within, *(rng.integers(least, most + 1, len(two)) for least, most in (_WITHIN_THE_WEEK, _LATER)))
    length = stays.length[two]
    begin = stays.finish[one] + gap
    earlier = np.clip(begin + length - 1 - closing_day(), 0, np.maximum(stays.begin[one] - opens, 0))
    stays.begin[one] -= earlier
    stays.finish[one] -= earlier
    stays.client[two], stays.follows[two] = stays.client[one], one
    stays.begin[two] = begin - earlier
    stays.finish[two] = np.minimum(stays.begin[two] + length - 1, closing_day())


def share_clients(stays: Stays, assumptions: dict[str, Any], scale: float, rng: np.random.Generator) -> Stays:
    """Give stays without Wlz care before and after a shared client, until there are as many users as printed."""
    client, days = stays.client.copy(), assumptions["kortdurend_tweemaal"]
    alone = stays.in_states("before", "geen_wlz") & stays.in_states("after", "geen_wlz")
    alone &= (stays.follows < 0) & (stays.finish <= closing_day())
    for form, year in _forms_with_users():
        mine = alone & stays.of_form(form) & (stays.year() == year)
        middle = first_day(year) + days["midden"]
        early = rng.permutation(np.flatnonzero(mine & (stays.finish < middle)))
        late = rng.permutation(np.flatnonzero(mine & (stays.begin >= middle + days["ertussen"])))
        *twice, across = _shared(form, year, scale, rng)
        for kind, count in twice:
            one, two = (rows[stays.kind[rows] == kind][:count] for rows in (early, late))
            pairs = min(len(one), len(two))
            client[two[:pairs]] = client[one[:pairs]]
            early, late = early[~np.isin(early, one[:pairs])], late[~np.isin(late, two[:pairs])]
        pairs = min(len(early), len(late))
        differ = np.flatnonzero(stays.kind[early[:pairs]] != stays.kind[late[:pairs]])[: across[1]]
        client[late[differ]] = client[early[differ]]
    return replace(stays, client=client)


def _forms_with_users() -> list[tuple[str, int]]:
    return sorted({(row["zorgvorm"], int(row["jaar"])) for row in published("kortdurend_gebruikers")})


def _shared(form: str, year: int, scale: float, rng: np.random.Generator) -> list[tuple[int, int]]:
    """Per kind (index in `all_kinds`) how many stays are a second one; last, at -1, those of users of two kinds."""
    mine = [at for at, kind in enumerate(all_kinds()) if (kind.form, kind.year) == (form, year)]
    users = [user_count(form, all_kinds()[at].category, year) for at in mine]
    more = [begun_stays(all_kinds()[at]) - count for at, count in zip(mine, users, strict=True)]
    both = sum(users) - user_count(form, "totaal", year)
    return list(zip([*mine, -1], spread(np.array([*more, both]) * scale, rng).tolist(), strict=True))
