"""How many trajectories of short-term care there are of every kind, and from where to where, in whole people.

The source prints where clients came from, where they went, and six groups of the two together; `balanced` makes those
fit. What lies between is fitted (iterative proportional fitting) and rounded so that all sums stay.
"""

from functools import cache

import numpy as np

from aanspraak.published import published
from aanspraak.synthetic.arrays import Bools, Floats, Ints
from aanspraak.synthetic.kortdurend_afstemming import balanced
from aanspraak.synthetic.kortdurend_cellen import begun, possible, profile_terms, users
from aanspraak.synthetic.kortdurend_cijfers import (
    LASTING,
    SHOWS,
    STATES,
    Kind,
    kinds,
    share_finished,
    tables,
)
from aanspraak.synthetic.program import Row, minimised

_SMALL = 1e-3
"""A number this close to a whole one is that."""

_SAME = 5.0
"""How likely it is, before the fitting, to go back to the same care beside going elsewhere."""

_ROUNDS = 2000


def begun_stays(kind: Kind) -> int:
    """Stays that begin, finished or not; a kind without trajectories has one a user."""
    name = begun if kind in kinds() else users
    return round(balanced(kind.year)[name(kind.form, kind.category)])


def user_count(form: str, category: str, year: int) -> int:
    """Different clients that begin a stay; of a category, or `totaal`."""
    return round(balanced(year)[users(form, category)])


@cache
def finished_stays(form: str, table: str, year: int) -> dict[Kind, int]:
    """The finished trajectories of the kinds in a table, adding up to its flows."""
    mine = [kind for kind in kinds() if (kind.form, kind.year) == (form, year) and table in (kind.category, "totaal")]
    upto = np.cumsum([share_finished(form, year) * begun_stays(kind) for kind in mine])
    return dict(zip(mine, np.diff(np.floor(upto + 0.5), prepend=0).astype(int).tolist(), strict=True))


def flows(form: str, table: str, year: int) -> Ints:
    """Finished trajectories, shape (states before, states after); `table` as in `tables`."""
    found: Ints = _all_flows(form, year)[tables(form).index(table)]
    return found


def profile_counts(form: str, moment: str, table: str, year: int) -> dict[str, float]:
    """Trajectories per profile; before the first year with figures, as in that."""
    known = {int(row["jaar"]) for row in published("kortdurend_indicaties") if row["zorgvorm"] == form}
    numbers = balanced(max(year, min(known)))
    return {str(name[-1]): numbers[name] for name in profile_terms(form, moment, "totaal", table)}


@cache
def _all_flows(form: str, year: int) -> Ints:
    """Shape (tables, states before, states after)."""
    names, numbers = tables(form), balanced(year)
    wanted = np.array(
        [[[numbers["stroom", form, name, came, went] for went in STATES] for came in STATES] for name in names]
    )
    can_be = [[[possible(form, name, came, went) for went in STATES] for came in STATES] for name in names]
    likely = np.where(np.eye(len(STATES)) * np.isin(STATES, LASTING[:3]), _SAME, 1.0) * np.array(can_be)
    sums = _sums(len(names))
    return _rounded(_fitted(likely, wanted, sums), sums)


def _sums(count: int) -> list[Bools]:
    """The cells of every number to keep: per table and state before, per state after, six groups, and what links."""
    state, none = np.arange(len(STATES)), np.arange(len(STATES)) == 0
    died = state == STATES.index("overleden")
    every = np.ones((count, 1, 1), dtype=bool)
    each = [(np.arange(count) == table)[:, None, None] for table in range(count)]
    rows = [table & (state == at)[:, None] for table in each for at in state]
    columns = [every & (state == at) for at in state]
    links = [table & (state == STATES.index(name)) for table in each for name in SHOWS]
    groups = [every & came[:, None] & went for came in (none, ~none) for went in (none, died, ~none & ~died)]
    shape = count, len(STATES), len(STATES)
    return [np.broadcast_to(cells, shape) for cells in (*rows, *columns, *groups, *links)]


def _fitted(start: Floats, wanted: Floats, sums: list[Bools]) -> Floats:
    """`start`, made to add up to what `wanted` adds up to."""
    result = start
    targets = [wanted[cells].sum() for cells in sums]
    for _ in range(_ROUNDS):
        if np.allclose([result[cells].sum() for cells in sums], targets, rtol=0, atol=_SMALL / 10):
            break
        for cells, target in zip(sums, targets, strict=True):
            result[cells] *= target / max(result[cells].sum(), 1e-12)
    return result


def _rounded(numbers: Floats, sums: list[Bools]) -> Ints:
    """Every number rounded up or down, so that the sums, which are whole, stay."""
    low, high = np.floor(numbers + _SMALL).ravel(), np.ceil(numbers - _SMALL).ravel()
    rows: list[Row] = []
    for cells in sums:
        total = float(np.round(numbers[cells].sum()))
        rows.append((dict.fromkeys(np.flatnonzero(cells.ravel()).tolist(), 1.0), total, total))
    # Up rather where there is more left.
    found = minimised(low - numbers.ravel(), high, rows, np.zeros(numbers.size, dtype=bool), lowest=low)
    return np.round(found).astype(np.int64).reshape(numbers.shape)
