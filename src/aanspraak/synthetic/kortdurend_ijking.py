"""How many trajectories of short-term care go from where to where, per year, from the published tables of zin-2025.

The source prints where clients came from, where they went, and six groups of the two together. What lies between is
fitted (iterative proportional fitting); the result adds up to the printed number of finished trajectories.
"""

from collections.abc import Sequence
from functools import cache

import numpy as np

from aanspraak.published import published
from aanspraak.synthetic.arrays import Bools, Floats
from aanspraak.synthetic.kortdurend_cijfers import (
    LASTING,
    SHOWS,
    STATES,
    finished,
    number,
    printed_states,
    shown_by,
)  # fmt: skip


@cache
def flows(form: str, category: str, year: int) -> Floats:
    """Finished trajectories at full size, shape (states before, states after).

    `category` is totaal, or vv or ghz of Wlz crisis care, whose states after are printed for both together.
    """
    table = {"elv": _from_zvw, "grz": _from_zvw, "vv9b": _fitted, "wlz_crisis": _fitted}[form](form, year)
    table = _sized(table, sum(finished(form, name, year) for name in _categories(form)))
    at = _categories(form).index(category) * len(STATES)
    return table[at : at + len(STATES)]


def _sized(numbers: Floats, total: float) -> Floats:
    result: Floats = numbers * (total / numbers.sum())
    return result


def _categories(form: str) -> tuple[str, ...]:
    return ("vv", "ghz") if form == "wlz_crisis" else ("totaal",)


def _from_zvw(form: str, year: int) -> Floats:
    """Who has Wlz care before goes back to it or dies; printed for GRZ from home, taken to hold for the others."""
    before, after = (
        printed_states(form, "totaal", "week_voor", year),
        printed_states(form, "totaal", "twee_weken_na", year),
    )
    from_home = printed_states(form, "totaal", "twee_weken_na_vanuit_thuis", year)
    table = np.zeros((len(STATES), len(STATES)))
    for state in LASTING:
        table[STATES.index(state), STATES.index(state)] = before[STATES.index(state)]
    if from_home.any():
        table[STATES.index("thuis_met_wlz")] = from_home
    table[0] = np.maximum(after - table.sum(axis=0), 0)
    return table


def _fitted(form: str, year: int) -> Floats:
    """VV9b and crisis care: fitted to both margins and to the six printed groups."""
    names = _categories(form)
    # The rows of GHZ do not always add up to its trajectories; the number of trajectories is held.
    before = np.concatenate(
        [_sized(_balanced(form, name, "week_voor", year), finished(form, name, year)) for name in names]
    )
    after = _balanced(form, "totaal", "twee_weken_na", year)
    start = np.tile(np.ones((len(STATES), len(STATES))), (len(names), 1))
    none = np.tile([state == "geen_wlz" for state in STATES], len(names))
    linked = np.tile(np.isin(STATES, list(SHOWS)), len(names))
    lasting = np.tile(np.isin(STATES, LASTING[:3]), len(names))
    same = np.tile(np.eye(len(STATES), dtype=bool), (len(names), 1))
    start[same & lasting[:, None]] = 5.0
    # No chains of three: who came from short-term care does not go to it again.
    start[np.ix_(linked, linked[: len(STATES)])] = 0
    if form == "vv9b":  # once Wlz, always Wlz
        start[lasting, 0] = 0
    groups = [
        (rows[:, None] & columns[None, :], _group(form, name, year))
        for name, rows, columns in (
            ("geen_wlz>geen_wlz", none, _after("geen_wlz")),
            ("geen_wlz>overleden", none, _after("overleden")),
            ("geen_wlz>wlz", none, ~_after("geen_wlz", "overleden")),
            ("wlz_vv9_crisis>geen_wlz", ~none, _after("geen_wlz")),
            ("wlz>overleden", ~none, _after("overleden")),
            ("wlz>wlz", ~none, ~_after("geen_wlz", "overleden")),
        )
    ]
    return _fit(start, groups, before, after)


def _fit(start: Floats, groups: Sequence[tuple[Bools, float]], rows: Floats, columns: Floats) -> Floats:
    """Iterative proportional fitting to groups of cells and both margins, all scaled to one total."""
    total = rows.sum()
    columns = columns * (total / columns.sum())
    scale = total / sum(value for _, value in groups)
    table: Floats = start * (total / start.sum())
    for _ in range(300):
        for cells, value in groups:
            table[cells] *= value * scale / max(table[cells].sum(), 1e-9)
        table *= (columns / np.maximum(table.sum(axis=0), 1e-9))[None, :]
        table *= (rows / np.maximum(table.sum(axis=1), 1e-9))[:, None]
    return table


def _after(*states: str) -> Bools:
    return np.isin(STATES, states)


def _group(form: str, name: str, year: int) -> float:
    return sum(
        number(row["trajecten"])
        for row in published("kortdurend_voor_na")
        if (row["zorgvorm"], row["moment"], row["toestand"], int(row["jaar"])) == (form, "voor_na", name, year)
    )


def _balanced(form: str, category: str, moment: str, year: int) -> Floats:
    """As printed, but where one trajectory follows on another both tables hold it: the mean of what the two print."""
    result = printed_states(form, category, moment, year)
    opposite = {"week_voor": "twee_weken_na", "twee_weken_na": "week_voor"}[moment]
    for state, partner in SHOWS.items():
        mine = _whole(form, moment, year)[STATES.index(state)]
        theirs = _whole(partner, opposite, year)[STATES.index(shown_by(form))]
        result[STATES.index(state)] *= (mine + theirs) / (2 * mine) if mine else 0
    return result


def _whole(form: str, moment: str, year: int) -> Floats:
    categories = _categories(form) if moment == "week_voor" else ("totaal",)
    result: Floats = np.sum([printed_states(form, category, moment, year) for category in categories], axis=0)
    return result
