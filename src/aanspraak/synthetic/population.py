"""People who come into care, move between forms and profiles, and leave or die.

Every month ends with exactly the clients of the calibrated stock in every cell: who leaves is drawn, who moves takes
one of the open places, and newcomers take the rest.
"""

from dataclasses import dataclass
from enum import IntEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aanspraak.synthetic.calendar import Days, first_day, month_starts
from aanspraak.synthetic.calibration import Floats, Ints
from aanspraak.synthetic.cells import FORMS, form_of, package_of, packages


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
    end: NDArray[np.int8]

    @property
    def clients(self) -> int:
        return int(self.client.max()) + 1

    def deciding(self, month: int) -> NDArray[np.intp]:
        """The episode of every client in `month`."""
        return np.flatnonzero((self.first <= month) & (month <= self.last))


def simulate(stock: Ints, exit_rate: Floats, assumptions: dict[str, Any], rng: np.random.Generator) -> Episodes:
    """Draw the lives of all clients; `stock` is (months, cells)."""
    fates = _fates(assumptions)
    heavier, reassess_rate = _heavier(assumptions)
    share = assumptions["zwaarder_profiel_bij_verhuizing"]
    log = _Log(assumptions["start_op_de_eerste"], rng)
    cell = np.repeat(np.arange(stock.shape[1]), stock[0])
    episode = log.open(cell, log.new_clients(len(cell)), 0)
    for month in range(len(stock) - 1):
        here, there = stock[month], stock[month + 1]
        order = rng.permutation(len(cell))
        order = order[np.argsort(cell[order], kind="stable")]
        cell, episode = cell[order], episode[order]
        rank = np.arange(len(cell)) - np.repeat(here.cumsum() - here, here)

        leaving = np.maximum(_spread(exit_rate * here, rng), np.maximum(here - there, 0))
        leaves = rank < leaving[cell]
        asking = np.minimum(_spread(reassess_rate * here, rng), here - leaving)
        asks = ~leaves & (rank < (leaving + asking)[cell])

        fate = np.full(len(cell), -1)
        fate[leaves] = _draw(fates[cell[leaves]], rng)
        changes = leaves & (fate >= _FATES)
        grows = asks | (changes & (rng.random(len(cell)) < share))
        package, form = package_of(cell), form_of(cell)
        package[grows] = _draw(heavier[package[grows]], rng)
        form[changes] = fate[changes] - _FATES
        wanted = package * len(FORMS) + form

        moves = changes | asks
        moves[moves] = _fits(wanted[moves], np.maximum(there - here + leaving, 0), rng)
        dies = leaves & ((fate == End.DEATH - 1) | (changes & ~moves))
        outs = leaves & (fate == End.OUT - 1)
        log.close(episode[dies], month, End.DEATH)
        log.close(episode[outs], month, End.OUT)
        moved = log.move(episode[moves], wanted[moves], month + 1)

        stays = ~leaves & ~moves
        cell = np.concatenate([cell[stays], wanted[moves]])
        fresh = np.repeat(np.arange(len(there)), there - np.bincount(cell, minlength=len(there)))
        newcomers = log.open(fresh, log.new_clients(len(fresh)), month + 1)
        cell = np.concatenate([cell, fresh])
        episode = np.concatenate([episode[stays], moved, newcomers])
    return log.episodes(exit_rate, assumptions["oude_indicaties"])


_FATES = 2
"""A fate is death (0), out (1), or the index of a form to move to plus this."""


def _fates(assumptions: dict[str, Any]) -> Floats:
    """Cumulative chances of every fate, shape (cells, fates)."""
    rows = []
    for package in packages():
        per_form = assumptions["bestemming_bij_uitstroom"][package.wlz_sector]
        for form in FORMS:
            chances = per_form.get(package.name, per_form[form])
            out = [chances.get("einde", 0.0), *(chances.get(target, 0.0) for target in FORMS)]
            rows.append([1 - sum(out), *out])
    return np.cumsum(rows, axis=1)


def _heavier(assumptions: dict[str, Any]) -> tuple[Floats, Floats]:
    """Cumulative chances of the next package, (packages, packages), and the chance per month to be reassessed, per cell.

    A package without a successor keeps itself.
    """
    index = {(package.sector, package.profile): at for at, package in enumerate(packages())}
    chances = np.eye(len(packages()))
    rate = np.zeros(len(packages()))
    for sector, profiles in assumptions["herindicatie_naar"].items():
        for profile, targets in profiles.items():
            at = index[sector, profile]
            chances[at] = 0
            for target, chance in targets.items():
                chances[at, index[sector, target]] = chance
            rate[at] = assumptions["herindicatie_per_maand"][packages()[at].wlz_sector]
    return chances.cumsum(axis=1), np.repeat(rate, len(FORMS))


def _draw(cumulative: Floats, rng: np.random.Generator) -> Ints:
    """One index per row of cumulative chances."""
    below = rng.random(len(cumulative))[:, None] >= cumulative
    result: Ints = np.minimum(below.sum(axis=1), cumulative.shape[1] - 1)
    return result


def _spread(expected: Floats, rng: np.random.Generator) -> Ints:
    """Whole numbers that differ less than one from `expected`, in every cell and in every run of cells."""
    return np.diff(np.floor(expected.cumsum() + rng.random()), prepend=0).astype(np.int64)


def _fits(wanted: Ints, room: Ints, rng: np.random.Generator) -> NDArray[np.bool_]:
    """Who gets the cell he wants, at random when there are more than it has room for."""
    order = rng.permutation(len(wanted))
    order = order[np.argsort(wanted[order], kind="stable")]
    count = np.bincount(wanted, minlength=len(room))
    rank = np.arange(len(wanted)) - np.repeat(count.cumsum() - count, count)
    fits = np.empty(len(wanted), dtype=bool)
    fits[order] = rank < room[wanted[order]]
    return fits


class _Log:
    """Collects episodes while months go by."""

    def __init__(self, share_on_first: float, rng: np.random.Generator) -> None:
        self._share_on_first = share_on_first
        self._rng = rng
        self._starts = month_starts()
        self._opened: list[tuple[Ints, ...]] = []
        self._closed: list[tuple[Ints, Ints, Ints, Ints]] = []
        self._count = 0
        self._clients = 0

    def new_clients(self, count: int) -> Ints:
        self._clients += count
        return np.arange(self._clients - count, self._clients)

    def open(self, cell: Ints, client: Ints, month: int) -> Ints:
        """Start episodes; returns their numbers."""
        on_first = self._rng.random(len(cell)) < self._share_on_first
        day = np.where(on_first, 0, self._rng.integers(0, 28, len(cell)))
        return self._start(cell, client, month, self._starts[month] + day)

    def close(self, episode: Ints, month: int, end: End) -> None:
        """End episodes on a day of `month`, not before the care began."""
        begin = np.maximum(self._begins()[episode], self._starts[month])
        left = self._starts[month + 1] - begin
        day = begin + (self._rng.random(len(episode)) * left).astype(np.int64)
        self._closed.append((episode, np.full(len(episode), month), day, np.full(len(episode), end)))

    def move(self, episode: Ints, cell: Ints, month: int) -> Ints:
        """Go on in another cell from a day of `month`; the old episode ends on the day before."""
        new = self.open(cell, self._clients_of()[episode], month)
        before = self._opened[-1][3] - 1
        self._closed.append((episode, np.full(len(episode), month - 1), before, np.full(len(episode), End.MOVE)))
        return new

    def episodes(self, exit_rate: Floats, old_years: list[int]) -> Episodes:
        """Everything drawn, with shuffled client numbers and a begin in the past for who was there first."""
        client, cell, first, begin = (np.concatenate(column) for column in zip(*self._opened, strict=True))
        last = np.full(len(cell), len(self._starts) - 2)
        finish = np.full(len(cell), self._starts[-1] - 1)
        end = np.zeros(len(cell), dtype=np.int8)
        for episode, month, day, why in self._closed:
            last[episode], finish[episode], end[episode] = month, day, why
        begin = self._longer_ago(cell, first, begin, exit_rate, old_years)
        number = self._rng.permutation(self._clients)[client]
        order = np.lexsort((first, number))
        return Episodes(
            number[order], cell[order], first[order], last[order],
            begin[order].astype(np.int32), finish[order].astype(np.int32), end[order],
        )  # fmt: skip

    def _longer_ago(self, cell: Ints, first: Ints, begin: Ints, exit_rate: Floats, old_years: list[int]) -> Ints:
        newcomers = np.repeat([package.takes_newcomers for package in packages()], len(FORMS))
        before = first == 0
        months = self._rng.exponential(1 / np.where(exit_rate > 0, exit_rate, 1.0)[cell])
        earliest = first_day(old_years[-1] + 1)
        ago = np.maximum(self._starts[0] - (months * 30).astype(np.int64), earliest)
        old = self._rng.integers(first_day(old_years[0]), earliest, len(cell))
        return np.where(before, np.where(newcomers[cell], ago, old), begin)

    def _start(self, cell: Ints, client: Ints, month: int, begin: Ints) -> Ints:
        self._opened.append((client, cell, np.full(len(cell), month), begin))
        self._count += len(cell)
        return np.arange(self._count - len(cell), self._count)

    def _begins(self) -> Ints:
        return np.concatenate([opened[3] for opened in self._opened])

    def _clients_of(self) -> Ints:
        return np.concatenate([opened[0] for opened in self._opened])
