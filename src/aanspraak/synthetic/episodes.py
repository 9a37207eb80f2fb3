"""Episodes: who was where from which day to which day, and why it ended."""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from aanspraak.synthetic.arrays import Bools, Days, Ints
from aanspraak.synthetic.calendar import month_count, month_starts

NO_DAY = -1
"""An end date that is not known."""


class End(IntEnum):
    """Why an episode ended."""

    RUNNING = 0
    DEATH = 1
    OUT = 2
    MOVE = 3


@dataclass(frozen=True)
class Episodes:
    """One row per client and unbroken stay in one cell, ordered by client and begin.

    `begin`..`finish` are the days of care, both included. `first`..`last` are the months (counted from the first month
    of the data) that the episode decides: a client who moves within a month is counted in the new cell.
    """

    client: Ints
    cell: Ints
    first: Ints
    last: Ints
    begin: Days
    finish: Days
    end: Ints

    @property
    def clients(self) -> int:
        return int(self.client.max()) + 1

    @property
    def opening(self) -> Bools:
        """The first episode of each client."""
        return np.diff(self.client, prepend=-1) > 0

    def deciding(self, month: int) -> Ints:
        """The episode of every client in `month`."""
        return np.flatnonzero((self.first <= month) & (month <= self.last))

    def newcomers(self, since: int, until: int) -> Ints:
        """The first episode of clients who come into care in these months; who was there from the start is none."""
        return np.flatnonzero(self.opening & (self.first >= max(since, 1)) & (self.first <= until))


class Log:
    """Collects episodes while months go by. Episodes and clients are numbered in the order in which they come."""

    def __init__(self, share_on_first: float, rng: np.random.Generator) -> None:
        self._share_on_first = share_on_first
        self._rng = rng
        self._starts = month_starts()
        self._opened: list[tuple[Ints, Ints, Ints, Days]] = []
        self._closed: list[tuple[Ints, Ints, Days, Ints]] = []
        self._clients = 0

    def come(self, cell: Ints, month: int) -> Ints:
        """New clients begin in these cells; returns their episodes."""
        self._clients += len(cell)
        return self._open(np.arange(self._clients - len(cell), self._clients), cell, month)

    def move(self, episode: Ints, cell: Ints, month: int) -> Ints:
        """Go on in another cell from a day of `month`; the old episode ends on the day before."""
        opened = self._open(self._all(0)[episode], cell, month)
        self._close(episode, month - 1, self._opened[-1][3] - 1, End.MOVE)
        return opened

    def leave(self, episode: Ints, month: int, end: End) -> None:
        """End episodes on a day of `month`, not before the care began."""
        begin = np.maximum(self._all(3)[episode], self._starts[month])
        left = self._starts[month + 1] - begin
        self._close(episode, month, begin + (self._rng.random(len(episode)) * left).astype(np.int64), end)

    def episodes(self) -> Episodes:
        """Everything that happened, with shuffled client numbers."""
        client, cell, first, begin = (self._all(column) for column in range(4))
        last = np.full(len(cell), month_count() - 1)
        finish = np.full(len(cell), self._starts[-1] - 1)
        end = np.full(len(cell), End.RUNNING)
        for episode, month, day, why in self._closed:
            last[episode], finish[episode], end[episode] = month, day, why
        number = self._rng.permutation(self._clients)[client]
        order = np.lexsort((first, number))
        columns = (number, cell, first, last, begin, finish, end)
        return Episodes(*(column[order] for column in columns))

    def _open(self, client: Ints, cell: Ints, month: int) -> Ints:
        on_first = self._rng.random(len(cell)) < self._share_on_first
        # Up to the 28th, so that every month has the day.
        day = self._starts[month] + np.where(on_first, 0, self._rng.integers(0, 28, len(cell)))
        before = sum(len(opened[1]) for opened in self._opened)
        self._opened.append((client, cell, np.full(len(cell), month), day))
        return np.arange(before, before + len(cell))

    def _close(self, episode: Ints, month: int, day: Days, end: End) -> None:
        self._closed.append((episode, np.full(len(episode), month), day, np.full(len(episode), end)))

    def _all(self, column: int) -> Ints:
        return np.concatenate([opened[column] for opened in self._opened])
