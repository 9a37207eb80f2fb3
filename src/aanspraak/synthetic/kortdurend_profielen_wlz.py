"""Which care profile the indications of people around VV9b and crisis care have: so many of each as printed.

The source finds fewer indications than there is Wlz care: before 2019 its register is not complete, and it has hardly
any from before crisis care for GHZ. The register here lacks as many.
"""

from typing import Any

import numpy as np

from aanspraak.synthetic.arrays import Bools, Floats, Ints
from aanspraak.synthetic.cells import packages
from aanspraak.synthetic.kortdurend_cijfers import LASTING, all_kinds, trajectory_years
from aanspraak.synthetic.kortdurend_ijking import profile_counts
from aanspraak.synthetic.kortdurend_profielen import NONE, Profiles, as_packages, from_stock, profile_index
from aanspraak.synthetic.kortdurend_verblijven import Stays

_OPEN = -2
"""A profile that is not known yet."""

_MOMENTS = ("week_voor", "tot_en_met_2_weken_na")


def deal_around_wlz(stays: Stays, stock: Floats, result: Profiles, rng: np.random.Generator) -> None:
    """Profiles around VV9b and crisis care, put into `result`; `stock`: clients per cell at full size."""
    wlz = stays.of_form("vv9b", "wlz_crisis")
    result.before[wlz] = result.after[wlz] = _OPEN
    for year in trajectory_years():
        mine = stays.year() == year
        _around_elders(stays, np.flatnonzero(mine & stays.in_table("wlz_crisis", "vv")), year, result, rng)
        _around_ghz(stays, np.flatnonzero(mine & stays.in_table("wlz_crisis", "ghz")), year, stock, result, rng)
        _around_recovery(stays, np.flatnonzero(mine & stays.of_form("vv9b")), year, result, rng)


def _around_elders(stays: Stays, rows: Ints, year: int, result: Profiles, rng: np.random.Generator) -> None:
    """Crisis care for VV. VV9b before or after it leaves its indication; two crises share one."""
    before, after = (_numbers("wlz_crisis", moment, "vv", year, len(rows), rng) for moment in _MOMENTS)
    recovery = profile_index("VV9")
    usual = before * (np.arange(len(before)) != recovery)
    follows, leads = _beside(stays, rows)
    one, two = rows[leads == "vv9b"], rows[follows == "vv9b"]
    result.before[one], result.after[one] = _random(usual, len(one), rng), recovery
    result.before[two], result.after[two] = recovery, _random(usual, len(two), rng)
    one = rows[leads == "wlz_crisis"]
    two = stays.followed_by()[one]
    result.before[one] = result.before[two] = result.after[one] = result.after[two] = _random(usual, len(one), rng)

    care, none = stays.in_states("after", *LASTING[:3])[rows], stays.in_states("before", "geen_wlz")[rows]
    # An indication that begins with crisis care would be one of the ELV or GRZ before it too.
    known = np.isin(follows, ["elv", "grz"])
    order = np.lexsort((rng.random(len(rows)), care, ~none, known))
    result.before[rows] = _before(result.before[rows], before, order, none & ~known, rng)
    result.after[rows] = _after(result.before[rows], result.after[rows], after, care & ~known, rng)


def _around_ghz(stays: Stays, rows: Ints, year: int, stock: Floats, result: Profiles, rng: np.random.Generator) -> None:
    """Crisis care for GHZ: the tables print no profile; here those of the stock. Of two crises the second brings it."""
    had, gets = (int(_numbers("wlz_crisis", moment, "ghz", year, len(rows), rng).sum()) for moment in _MOMENTS)
    package = _from_stock(stays, rows, stock, rng)
    second = np.flatnonzero(stays.follows[rows] >= 0)
    package[np.searchsorted(rows, stays.follows[rows[second]])] = package[second]
    linked = np.isin(rows, stays.follows[rows]) | (stays.follows[rows] >= 0)
    since, then = (stays.in_states(moment, *LASTING[:3])[rows] for moment in ("before", "after"))
    first = np.lexsort((rng.random(len(rows)), ~then, ~since, linked))[:had]
    result.before[rows] = result.after[rows] = NONE
    result.before[rows[first]] = package[first]
    rest = np.lexsort((rng.random(len(rows)), ~then, ~linked, result.before[rows] == NONE))[:gets]
    result.after[rows[rest]] = package[rest]


def _around_recovery(stays: Stays, rows: Ints, year: int, result: Profiles, rng: np.random.Generator) -> None:
    """VV9b, whose own profile is left out: beside other VV9 care there is none, beside crisis care that of then."""
    before, after = (_numbers("vv9b", moment, "totaal", year, len(rows), rng) for moment in _MOMENTS)
    follows, leads = _beside(stays, rows)
    alone = np.isin(follows, ["grz", "vv9b"]) | (leads == "vv9b") | stays.in_states("before", "vv9_anders")[rows]
    result.before[rows[alone]] = NONE
    result.after[rows[leads == "vv9b"]] = NONE
    one, two = rows[leads == "wlz_crisis"], rows[follows == "wlz_crisis"]
    result.after[one] = result.after[stays.followed_by()[one]]
    result.before[two] = result.before[stays.follows[two]]

    care, none = stays.in_states("after", *LASTING[:3])[rows], ~stays.in_states("before", *LASTING[:3])[rows]
    order = np.lexsort((rng.random(len(rows)), care, ~none))
    result.before[rows] = _before(result.before[rows], before, order, none, rng)
    goes_on = rows[stays.in_states("after", "vv9_anders")[rows]]
    result.after[goes_on] = result.before[goes_on]
    result.after[rows] = _after(result.before[rows], result.after[rows], after, care, rng)


def _beside(stays: Stays, rows: Ints) -> tuple[Any, Any]:
    """The form of the stay that each follows on, and of the one that follows on it; empty for none."""
    form = np.array([*(kind.form for kind in all_kinds()), ""])
    kind = np.append(stays.kind, -1)
    return form[kind[stays.follows[rows]]], form[kind[stays.followed_by()[rows]]]


def _numbers(form: str, moment: str, table: str, year: int, count: int, rng: np.random.Generator) -> Ints:
    """How many of `count` have each package; the others have no indication."""
    counts = profile_counts(form, moment, table, year)
    dealt = as_packages(counts, count / sum(counts.values()), rng)
    return np.bincount(dealt[dealt != NONE], minlength=len(packages()))


def _random(numbers: Ints, count: int, rng: np.random.Generator) -> Ints:
    return rng.choice(len(numbers), count, p=numbers / numbers.sum()) if count else np.zeros(0, dtype=np.int64)


def _left(numbers: Ints, known: Ints) -> Ints:
    result: Ints = np.maximum(numbers - np.bincount(known[known >= 0], minlength=len(numbers)), 0)
    return result


def _before(known: Ints, numbers: Ints, order: Ints, waits: Bools, rng: np.random.Generator) -> Ints:
    """In this order of rows first those without an indication. One for VV9 is for who `waits` for its care."""
    result = known.copy()
    left = _left(numbers, known)
    rows = order[known[order] == _OPEN]
    without = max(len(rows) - int(left.sum()), 0)
    result[rows[:without]] = NONE
    rows = rows[without:]
    recovery = profile_index("VV9")
    waiting = rows[waits[rows]][: left[recovery]]
    result[waiting] = recovery
    left[recovery] = 0
    rows = rng.permutation(rows[result[rows] == _OPEN])
    # Nobody waits for what is left of VV9.
    others = np.repeat(np.arange(len(left)), left)
    result[rows] = np.resize(others, len(rows)) if len(others) else NONE
    return result


def _after(before: Ints, known: Ints, numbers: Ints, care: Bools, rng: np.random.Generator) -> Ints:
    """Who has an indication keeps it where the numbers allow, and without `care` after always. Then who gets care."""
    result = known.copy()
    left = _left(numbers, known)
    for package in np.unique(before[(known == _OPEN) & (before != NONE)]):
        rows = np.flatnonzero((known == _OPEN) & (before == package))
        rows = rows[np.lexsort((rng.random(len(rows)), care[rows]))]
        keep = max(int(left[package]), int((~care[rows]).sum()))
        result[rows[:keep]] = package
        left[package] = max(left[package] - len(rows[:keep]), 0)
    changes = np.flatnonzero((result == _OPEN) & (before != NONE))
    gets = np.flatnonzero((result == _OPEN) & (before == NONE) & care)
    more = max(int(numbers.sum()) - int((result >= 0).sum()), len(changes))
    rows = np.concatenate([changes, rng.permutation(gets)])[:more]
    others = rng.permutation(np.repeat(np.arange(len(left)), left))
    result[rows] = np.resize(others, len(rows)) if len(others) else before[rows]
    result[result == _OPEN] = NONE
    return result


def _from_stock(stays: Stays, rows: Ints, stock: Floats, rng: np.random.Generator) -> Ints:
    """A package for each, as the stock has them where the client was or else went."""
    result = from_stock(LASTING[0], "ghz", stock, len(rows), rng)
    for moment in ("after", "before"):
        for name in LASTING[:3]:
            mine = stays.in_states(moment, name)[rows]
            result[mine] = from_stock(name, "ghz", stock, int(mine.sum()), rng)
    return result
