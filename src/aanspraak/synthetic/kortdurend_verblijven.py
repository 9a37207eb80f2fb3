"""Stays of short-term care: how many, how long, from when, and from where to where."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from aanspraak.synthetic.arrays import Bools, Days, Ints, runs, spread
from aanspraak.synthetic.calendar import first_day, month_starts
from aanspraak.synthetic.kortdurend_cijfers import (
    FORMS,
    SHOWS,
    STATES,
    Kind,
    all_kinds,
    kinds,
    tables,
    trajectory_years,
)
from aanspraak.synthetic.kortdurend_ijking import begun_stays, finished_stays, flows
from aanspraak.synthetic.kortdurend_ligduur import lengths

_ROOM = 14
"""Days that the data must go on after the end of a finished trajectory."""

WEEK = 8
"""Days at the start of the data in which no stay can begin of which the week before must be seen."""

_MOST_AFTER = 100
"""Days of the year left for a stay that follows on another."""


@dataclass(frozen=True)
class Stays:
    """One row per stay. `before` and `after` are indices in `STATES`; `begin`..`finish` the days, both included.

    `kind` is an index in `all_kinds`. `client` numbers the clients of short-term care from 0. `follows` is the stay
    that this one follows on, as its table or that of the other shows; -1 for none.
    """

    client: Ints
    kind: Ints
    begin: Days
    finish: Days
    before: Ints
    after: Ints
    follows: Ints

    def __len__(self) -> int:
        return len(self.client)

    @property
    def length(self) -> Ints:
        return self.finish - self.begin + 1

    def of_form(self, *forms: str) -> Bools:
        return np.isin([FORMS.index(kind.form) for kind in all_kinds()], [FORMS.index(form) for form in forms])[
            self.kind
        ]

    def in_table(self, form: str, table: str) -> Bools:
        mine = [kind.form == form and table in (kind.category, "totaal") for kind in all_kinds()]
        return np.array(mine)[self.kind]

    def year(self) -> Ints:
        return np.array([kind.year for kind in all_kinds()])[self.kind]

    def in_states(self, moment: str, *names: str) -> Bools:
        """`moment` is before or after."""
        return np.isin(self.before if moment == "before" else self.after, [STATES.index(name) for name in names])

    def followed_by(self) -> Ints:
        """The stay that follows on each; -1 for none."""
        result = np.full(len(self), -1)
        second = np.flatnonzero(self.follows >= 0)
        result[self.follows[second]] = second
        return result


def draw_stays(assumptions: dict[str, Any], scale: float, rng: np.random.Generator) -> Stays:
    """All stays of all years, each of another client."""
    parts = [
        _finished(form, table, year, scale, rng)
        for form in FORMS
        for year in trajectory_years()
        for table in tables(form)
    ]
    parts += [_unfinished(scale, rng), _without_trajectory(scale, rng)]
    kind, before, after, finished = (np.concatenate(column) for column in zip(*parts, strict=True))
    return _dated(kind, before, after, lengths(kind, finished, assumptions, rng), finished, rng)


def _finished(
    form: str, table: str, year: int, scale: float, rng: np.random.Generator
) -> tuple[Ints, Ints, Ints, Bools]:
    """The finished stays of a table: kinds dealt at random over flows."""
    counts = spread(scale * flows(form, table, year).ravel().astype(float), rng)
    cells = np.repeat(np.arange(len(counts)), counts)
    mine = finished_stays(form, table, year)
    of_kind = spread(np.array(list(mine.values()), dtype=float) * scale, rng)
    kind = np.repeat([_index(each) for each in mine], of_kind)
    # At a small scale the two may differ by a stay.
    kind = rng.permutation(np.resize(kind, len(cells))) if len(kind) else cells[:0]
    cells = cells[: len(kind)]
    return kind, cells // len(STATES), cells % len(STATES), np.ones(len(cells), dtype=bool)


def _index(kind: Kind) -> int:
    return all_kinds().index(kind)


def _unfinished(scale: float, rng: np.random.Generator) -> tuple[Ints, Ints, Ints, Bools]:
    done = {
        k: n for f in FORMS for t in tables(f) for y in trajectory_years() for k, n in finished_stays(f, t, y).items()
    }
    counts = spread(np.array([begun_stays(kind) - done[kind] for kind in kinds()]) * scale, rng)
    return _without_wlz(np.repeat(np.arange(len(counts)), counts), finished=False)


def _without_trajectory(scale: float, rng: np.random.Generator) -> tuple[Ints, Ints, Ints, Bools]:
    """Palliative care and the like: a stay for every printed user."""
    others = all_kinds()[len(kinds()) :]
    counts = spread(np.array([begun_stays(kind) for kind in others]) * scale, rng)
    return _without_wlz(len(kinds()) + np.repeat(np.arange(len(counts)), counts), finished=True)


def _without_wlz(kind: Ints, finished: bool) -> tuple[Ints, Ints, Ints, Bools]:
    nowhere = np.zeros(len(kind), dtype=np.int64)
    return kind, nowhere, nowhere, np.full(len(kind), finished)


def _dated(kind: Ints, before: Ints, after: Ints, length: Ints, finished: Bools, rng: np.random.Generator) -> Stays:
    """Starts spread over the year. Stays of the last year end in time to see what follows, or, unfinished, do not."""
    year = np.array([each.year for each in all_kinds()])[kind]
    first = np.array([first_day(each) for each in trajectory_years()])[year - trajectory_years()[0]]
    last = np.array([first_day(each + 1) - 1 for each in trajectory_years()])[year - trajectory_years()[0]]
    closing = closing_day()
    # Wlz care of the week before must lie within the data.
    first = first + np.where((before > 0) & (first == month_starts()[0]), WEEK, 0)
    links = np.isin(after, [STATES.index(state) for state in SHOWS])
    # Who goes on to another trajectory leaves room for it in the same year.
    last = np.where(links, last - length - _MOST_AFTER, np.minimum(last, closing - length + 1))
    first = np.where(finished, first, np.maximum(first, closing - length + 2))
    last = np.where(finished, last, month_starts()[-1] - 1)
    begin = first + (rng.random(len(kind)) * np.maximum(last - first + 1, 1)).astype(np.int64)
    finish = np.minimum(begin + length - 1, month_starts()[-1] - 1)
    return Stays(np.arange(len(kind)), kind, begin, finish, before, after, np.full(len(kind), -1))


def closing_day() -> int:
    """The last day on which a finished trajectory ends."""
    return int(month_starts()[-1]) - 1 - _ROOM


def pieces(stays: Stays) -> tuple[Ints, Days, Days]:
    """The stays cut at the ends of months, as they are claimed: stay, first day, last day."""
    starts = month_starts()
    since = np.searchsorted(starts, stays.begin, side="right") - 1
    until = np.searchsorted(starts, stays.finish, side="right") - 1
    count = until - since + 1
    stay = np.repeat(np.arange(len(stays)), count)
    month = np.repeat(since, count) + runs(count)
    return stay, np.maximum(stays.begin[stay], starts[month]), np.minimum(stays.finish[stay], starts[month + 1] - 1)
