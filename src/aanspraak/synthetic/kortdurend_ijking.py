"""How many trajectories of short-term care go from where to where, per year, from the published tables of zin-2025.

The source prints where clients came from, where they went, and six groups of the two together. What lies between is
fitted (iterative proportional fitting); the result adds up to the printed number of finished trajectories.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from aanspraak.published import published
from aanspraak.synthetic.arrays import Bools, Floats

FORMS = ("elv", "grz", "vv9b", "wlz_crisis")
STATES = (
    "geen_wlz", "verblijf_met_behandeling", "verblijf_zonder_behandeling", "thuis_met_wlz", "vv9_anders",
    "vv9_verblijf_met_behandeling", "crisis", "overleden",
)  # fmt: skip
"""Where a client is before or after a trajectory."""

LASTING = STATES[1:5]
SHOWS = {"vv9_verblijf_met_behandeling": "vv9b", "crisis": "wlz_crisis"}
"""The states that are a trajectory themselves, and of which care form."""

_VV9 = "vv9"
"""Around crisis care the source does not split VV9 care; nearly all of it is VV9b."""

_LESS_THAN_TEN = 5.0


def shown_by(form: str) -> str:
    """The state that a trajectory of this form is for the trajectory beside it."""
    (state,) = [state for state, shown in SHOWS.items() if shown == form]
    return state


@dataclass(frozen=True)
class Kind:
    """A care form and category in a start year; `finished` and `unfinished` are trajectories at full size."""

    form: str
    category: str
    year: int
    finished: float
    unfinished: float


def trajectory_years() -> range:
    found = [int(row["jaar"]) for row in published("kortdurend_trajecten")]
    return range(min(found), max(found) + 1)


@cache
def kinds() -> tuple[Kind, ...]:
    """Every category that makes trajectories.

    Categories are printed with the trajectories that end after the closing date, the included trajectories without:
    the share of those is taken to be the same in every category. Of ELV 2021 more is included than the categories hold;
    the rest is taken to be corona cohort care, which has users and costs but no row (both are inferences).
    """
    found = []
    for form in FORMS:
        for year in trajectory_years():
            rows = _trajectories(form, year)
            total = sum(rows.values())
            included = _included(form, year)
            if included > total + 100:
                rows["corona_cohort"] = included - total
                total = included
            # included is printed in tens
            share = included / total if included < total - 100 else 1.0
            found += [Kind(form, name, year, share * number, (1 - share) * number) for name, number in rows.items()]
    return tuple(found)


def _trajectories(form: str, year: int) -> dict[str, float]:
    rows = {
        row["categorie"]: float(row["trajecten"])
        for row in published("kortdurend_trajecten")
        if (row["zorgvorm"], int(row["jaar"])) == (form, year) and row["categorie"] != "geincludeerd"
    }
    return {name: number for name, number in rows.items() if name != "totaal"} or {form: rows["totaal"]}


def _included(form: str, year: int) -> float:
    found = [
        float(row["trajecten"])
        for row in published("kortdurend_trajecten")
        if (row["zorgvorm"], row["categorie"], int(row["jaar"])) == (form, "geincludeerd", year)
    ]
    return found[0] if found else sum(_trajectories(form, year).values())


@cache
def flows(form: str, category: str, year: int) -> Floats:
    """Finished trajectories at full size, shape (states before, states after).

    `category` is totaal, or vv or ghz of Wlz crisis care, whose states after are printed for both together.
    """
    table = {"elv": _from_zvw, "grz": _from_zvw, "vv9b": _fitted, "wlz_crisis": _fitted}[form](form, year)
    table = _sized(table, sum(_finished(form, name, year) for name in _categories(form)))
    at = _categories(form).index(category) * len(STATES)
    return table[at : at + len(STATES)]


def _finished(form: str, category: str, year: int) -> float:
    return sum(
        kind.finished
        for kind in kinds()
        if (kind.form, kind.year) == (form, year) and category in (kind.category, "totaal")
    )


def _sized(numbers: Floats, total: float) -> Floats:
    result: Floats = numbers * (total / numbers.sum())
    return result


def _categories(form: str) -> tuple[str, ...]:
    return ("vv", "ghz") if form == "wlz_crisis" else ("totaal",)


def _from_zvw(form: str, year: int) -> Floats:
    """Who has Wlz care before goes back to it or dies; printed for GRZ from home, taken to hold for the others."""
    before, after = _printed(form, "totaal", "week_voor", year), _printed(form, "totaal", "twee_weken_na", year)
    from_home = _printed(form, "totaal", "twee_weken_na_vanuit_thuis", year)
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
        [_sized(_balanced(form, name, "week_voor", year), _finished(form, name, year)) for name in names]
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
        _number(row["trajecten"])
        for row in published("kortdurend_voor_na")
        if (row["zorgvorm"], row["moment"], row["toestand"], int(row["jaar"])) == (form, "voor_na", name, year)
    )


def _printed(form: str, category: str, moment: str, year: int) -> Floats:
    """The printed trajectories per state; 0 where none is printed."""
    result = np.zeros(len(STATES))
    for row in published("kortdurend_voor_na"):
        key = (row["zorgvorm"], row["categorie"], row["moment"], int(row["jaar"]))
        name = shown_by("vv9b") if row["toestand"] == _VV9 else row["toestand"]
        if key == (form, category, moment, year) and name in STATES:
            result[STATES.index(name)] += _number(row["trajecten"])
    return result


def _balanced(form: str, category: str, moment: str, year: int) -> Floats:
    """As printed, but where one trajectory follows on another both tables hold it: the mean of what the two print."""
    result = _printed(form, category, moment, year)
    opposite = {"week_voor": "twee_weken_na", "twee_weken_na": "week_voor"}[moment]
    for state, partner in SHOWS.items():
        mine = _whole(form, moment, year)[STATES.index(state)]
        theirs = _whole(partner, opposite, year)[STATES.index(shown_by(form))]
        result[STATES.index(state)] *= (mine + theirs) / (2 * mine) if mine else 0
    return result


def _whole(form: str, moment: str, year: int) -> Floats:
    categories = _categories(form) if moment == "week_voor" else ("totaal",)
    result: Floats = np.sum([_printed(form, category, moment, year) for category in categories], axis=0)
    return result


def _number(printed: str) -> float:
    return _LESS_THAN_TEN if printed == "<10" else float(printed)
