"""People who come into care, move between forms and profiles, and leave or die.

Every month ends with exactly the clients of the calibrated stock in every cell: who leaves is drawn, who moves takes
one of the open places, and newcomers take the rest.
"""

from dataclasses import replace
from typing import Any

import numpy as np

from aanspraak.synthetic.arrays import Bools, Days, Floats, Ints, draw, runs, spread
from aanspraak.synthetic.calendar import first_day, month_starts
from aanspraak.synthetic.cells import FORMS, form_of, package_of, packages
from aanspraak.synthetic.episodes import End, Episodes, Log

_DEATH, _OUT, _MOVE = range(3)
"""A fate is death, out, or `_MOVE` plus the index of the form to move to."""


def simulate(stock: Ints, exit_rate: Floats, assumptions: dict[str, Any], rng: np.random.Generator) -> Episodes:
    """Draw the lives of all clients; `stock` is (months, cells)."""
    fates = _fates(assumptions)
    heavier, reassess_rate = _heavier(assumptions)
    share = assumptions["zwaarder_profiel_bij_verhuizing"]
    log = Log(assumptions["start_op_de_eerste"], rng)
    cell = np.repeat(np.arange(stock.shape[1]), stock[0])
    episode = log.come(cell, 0)
    for month in range(len(stock) - 1):
        here, there = stock[month], stock[month + 1]
        order = rng.permutation(len(cell))
        order = order[np.argsort(cell[order], kind="stable")]
        cell, episode = cell[order], episode[order]
        rank = runs(here)

        # A cell that shrinks faster than people leave it by chance loses the difference too.
        leaving = np.maximum(spread(exit_rate * here, rng), here - there)
        leaves = rank < leaving[cell]
        asking = np.minimum(spread(reassess_rate * here, rng), here - leaving)
        asks = ~leaves & (rank < (leaving + asking)[cell])

        fate = np.full(len(cell), -1)
        fate[leaves] = draw(fates[cell[leaves]], rng)
        changes = fate >= _MOVE
        grows = asks | (changes & (rng.random(len(cell)) < share))
        package, form = package_of(cell), form_of(cell)
        package[grows] = draw(heavier[package[grows]], rng)
        form[changes] = fate[changes] - _MOVE
        wanted = package * len(FORMS) + form

        moves = changes | asks
        moves[moves] = _fits(wanted[moves], there - here + leaving, rng)
        # Who wanted another form and found no place has left all the same: as the others of that cell mostly do.
        log.leave(episode[(fate == _DEATH) | (changes & ~moves)], month, End.DEATH)
        log.leave(episode[fate == _OUT], month, End.OUT)
        moved = log.move(episode[moves], wanted[moves], month + 1)

        stays = ~leaves & ~moves
        cell = np.concatenate([cell[stays], wanted[moves]])
        fresh = np.repeat(np.arange(len(there)), there - np.bincount(cell, minlength=len(there)))
        episode = np.concatenate([episode[stays], moved, log.come(fresh, month + 1)])
        cell = np.concatenate([cell, fresh])
    return _longer_ago(log.episodes(), exit_rate, assumptions["oude_indicaties"], rng)


def _fates(assumptions: dict[str, Any]) -> Floats:
    """Cumulative chances of every fate, shape (cells, fates)."""
    rows = []
    for package in packages():
        per_form = assumptions["bestemming_bij_uitstroom"][package.wlz_sector]
        for form in FORMS:
            chances = per_form.get(package.name, per_form[form])
            alive = [chances.get("einde", 0.0), *(chances.get(target, 0.0) for target in FORMS)]
            rows.append([1 - sum(alive), *alive])
    return np.cumsum(rows, axis=1)


def _heavier(assumptions: dict[str, Any]) -> tuple[Floats, Floats]:
    """Cumulative chances of the next package, (packages, packages), and the chance to be reassessed per cell and month.

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


def _fits(wanted: Ints, room: Ints, rng: np.random.Generator) -> Bools:
    """Who gets the cell he wants, at random when there are more than it has room for."""
    order = rng.permutation(len(wanted))
    order = order[np.argsort(wanted[order], kind="stable")]
    fits = np.empty(len(wanted), dtype=bool)
    fits[order] = runs(np.bincount(wanted, minlength=len(room))) < room[wanted[order]]
    return fits


def _longer_ago(episodes: Episodes, exit_rate: Floats, old_years: list[int], rng: np.random.Generator) -> Episodes:
    """Let those who were there in the first month have come before it: longer ago where people stay longer."""
    opens = np.repeat([package.takes_newcomers for package in packages()], len(FORMS))[episodes.cell]
    months = rng.exponential(1 / np.where(exit_rate > 0, exit_rate, 1.0)[episodes.cell])
    latest, earliest = month_starts()[0], first_day(old_years[-1] + 1)
    recent: Days = np.maximum(latest - (months * 30).astype(np.int64), earliest)
    old = rng.integers(first_day(old_years[0]), earliest, len(opens))
    before = np.where(opens, recent, old)
    return replace(episodes, begin=np.where(episodes.first == 0, before, episodes.begin))
