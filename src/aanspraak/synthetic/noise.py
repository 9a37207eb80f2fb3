"""What providers send beside the right lines: the noise that the NZa removed, and credited lines that stay behind.

A correction is an earlier line that was too high and the line that credits it: together nothing. A method that drops
negative lines keeps the earlier one; for day performances that makes the double days of nza-2023 bijlage 3, 1.3.
"""

from collections import Counter
from dataclasses import replace

import numpy as np

from aanspraak.published import published
from aanspraak.synthetic.arrays import whole
from aanspraak.synthetic.calendar import year_of
from aanspraak.synthetic.codes import day_performance, paramedical_treatment
from aanspraak.synthetic.lines import NO_CLIENT, Lines, join
from aanspraak.synthetic.world import World, other_line

_AHEAD = 3
"""Months before the Wlz in which a newcomer may have lines of short-term care in the Wlz file."""


def add_noise(world: World, lines: Lines, month: int, rng: np.random.Generator, counts: Counter[str]) -> Lines:
    """`lines` with noise; `counts` gains the lines and cents of every kind, as `<kind>` and `<kind>_cent`."""
    shares = world.assumptions["ruis"]
    # The lines that carry a published volume stay as they are.
    free = lines.code != world.code(paramedical_treatment()["prestatiecode"])
    (double,) = published("dubbele_declaraties")
    days = lines.code <= day_performance().max()
    wrong = np.where(days, float(double["aandeel"]), shares["correctie_overig"])
    earlier = lines.take(free & (rng.random(len(lines)) < wrong))
    earlier = earlier.with_cents(whole(earlier.cents * world.assumptions["correctiefactor"]))
    nothing = lines.take(free & (rng.random(len(lines)) < shares["nulbedrag"]))
    nameless = lines.take(free & (rng.random(len(lines)) < shares["zonder_client"]))
    kinds = {
        "correctie_eerdere_regel": earlier,
        "correctie_creditregel": earlier.with_cents(-earlier.cents),
        "nulbedrag": nothing.with_cents(np.zeros(len(nothing), dtype=np.int64)),
        "zonder_client": replace(nameless, client=rng.choice(NO_CLIENT, len(nameless))),
        "elv": _elsewhere(world, "elv", len(lines), month, rng),
        "gzsp": _elsewhere(world, "gzsp", len(lines), month, rng),
    }
    for kind, noise in kinds.items():
        counts[kind] += len(noise)
        counts[f"{kind}_cent"] += int(noise.cents.sum())
    return join([lines, *kinds.values()])


def _elsewhere(world: World, kind: str, beside: int, month: int, rng: np.random.Generator) -> Lines:
    """Lines of care that is not Wlz care, `beside` so many others, of people who come into the Wlz soon."""
    performance = world.performances[world.code(world.of_kind(kind))]
    soon = world.people.newcomers(month + 1, month + _AHEAD)
    known = len(soon) > 0 and year_of(month) >= (performance.from_year or 0)
    count = round(world.assumptions["ruis"][kind] * beside) if known else 0
    episode = rng.choice(soon, count) if count else soon[:0]
    begin = world.starts[month] + rng.integers(0, 28, count)
    length = rng.integers(1, 15, count) if performance.per_day else 1
    finish = np.minimum(begin + length, world.starts[month + 1]) - 1
    lines = other_line(world, episode, performance.code, (begin, finish), month)
    none = np.full(count, -1)
    return replace(lines, provider=none, package=none)
