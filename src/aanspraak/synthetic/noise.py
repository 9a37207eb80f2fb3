"""What providers send beside the right lines: the noise that the NZa removed, and credited lines that stay behind.

A correction is an earlier line that was too high and the line that credits it: together nothing. A method that drops
negative lines keeps the earlier one; for day performances that makes the double days of nza-2023 bijlage 3, 1.3.
"""

from collections import Counter
from dataclasses import replace

import numpy as np

from aanspraak.synthetic.calibration import Ints
from aanspraak.synthetic.codes import day_performance, paramedical_treatment, performances
from aanspraak.synthetic.lines import NO_CLIENT, Lines, join, whole
from aanspraak.synthetic.sources import published
from aanspraak.synthetic.wlz import World, newcomers, other_line

_AHEAD = 3
"""Months before the Wlz in which a newcomer may have lines of short-term care in the Wlz file."""


def add_noise(world: World, lines: Lines, month: int, rng: np.random.Generator, counts: Counter[str]) -> Lines:
    """`lines` with noise; `counts` gains the lines and cents of every kind, `<kind>` and `<kind>_cent`."""
    shares = world.assumptions["ruis"]
    (double,) = published("dubbele_declaraties")
    packaged = lines.code <= day_performance().max()
    calibrated = lines.code == world.code[paramedical_treatment()["prestatiecode"]]
    wrong = np.where(packaged, float(double["aandeel"]), np.where(calibrated, 0, shares["correctie_overig"]))
    earlier = lines.take(rng.random(len(lines)) < wrong)
    earlier = earlier.with_cents(whole(earlier.cents * world.assumptions["correctiefactor"]))
    copies = ~calibrated
    nameless = lines.take(copies & (rng.random(len(lines)) < shares["zonder_client"]))
    kinds = {
        "correctie_eerdere_regel": earlier,
        "correctie_creditregel": earlier.with_cents(-earlier.cents),
        "nulbedrag": _zero(lines.take(copies & (rng.random(len(lines)) < shares["nulbedrag"]))),
        "zonder_client": replace(nameless, client=rng.choice(NO_CLIENT, len(nameless))),
    }
    for kind in ("elv", "gzsp"):
        kinds[kind] = _elsewhere(world, kind, round(shares[kind] * len(lines)), month, rng)
    for kind, noise in kinds.items():
        counts[kind] += len(noise)
        counts[f"{kind}_cent"] += int(noise.cents.sum())
    return join([lines, *kinds.values()])


def _zero(lines: Lines) -> Lines:
    return lines.with_cents(np.zeros(len(lines), dtype=np.int64))


def _elsewhere(world: World, kind: str, count: int, month: int, rng: np.random.Generator) -> Lines:
    """Lines of care that is not Wlz care, of people who come into the Wlz a few months later."""
    code, performance = next((row.code, row) for row in performances(world.assumptions) if row.kind == kind)
    soon = newcomers(world.episodes, month + 1, month + _AHEAD)
    year = int(world.starts[month].astype("datetime64[D]").astype("datetime64[Y]").astype(int)) + 1970
    if not len(soon) or year < (performance.from_year or year):
        count = 0
    which: Ints = rng.choice(soon, count) if count else soon[:0]
    begin = world.starts[month] + rng.integers(0, 28, count)
    length = rng.integers(1, 15, count) if performance.per_day else np.ones(count, dtype=np.int64)
    finish = np.minimum(begin + length, world.starts[month + 1]) - 1
    none = np.full(count, -1)
    return replace(other_line(world, code, world.episodes.client[which], begin, finish, month, none), provider=none)
