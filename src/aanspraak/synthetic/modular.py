"""Modular Wlz lines: the modules of an mpt, and treatment beside a package without treatment."""

import numpy as np

from aanspraak.synthetic.arrays import Days, Ints, runs
from aanspraak.synthetic.codes import paramedical_treatment
from aanspraak.synthetic.lines import Lines
from aanspraak.synthetic.world import World, in_forms, in_sector, line, price, within_month


def modules(world: World, episode: Ints, month: int, rng: np.random.Generator) -> list[Lines]:
    """One line a week and module for those of these episodes that are mpt."""
    cell, client = world.people.cell[episode], world.people.client[episode]
    parts = []
    for code, module in world.assumptions["modules"].items():
        has = (world.traits[code][client] < module["kans"]) & in_sector(cell, module["wlz_sector"])
        mine = episode[has & in_forms(cell, "mpt")]
        begin, finish = within_month(world, mine, month)
        weeks = (finish - begin) // 7 + 1
        start = np.repeat(begin, weeks) + 7 * runs(weeks)
        stop = np.minimum(start + 6, np.repeat(finish, weeks))
        # Hours come in quarters, other units whole.
        parts_of_unit = 4 if module["eenheid"] == "uur" else 1
        expected = module["per_week"] * parts_of_unit * (stop - start + 1) / 7
        hundredths = 100 // parts_of_unit * np.maximum(rng.poisson(expected), 1)
        cents = price(world, module["bedrag"], hundredths, month) // 100
        parts.append(line(world, np.repeat(mine, weeks), world.code(code), (start, stop), hundredths, cents))
    return parts


def treatment(world: World, month: int, rng: np.random.Generator) -> list[Lines]:
    """Treatment charged apart: by assumption beside zzp and vpt exclusive, paramedical at its published volume."""
    deciding = world.people.deciding(month)
    cell = world.people.cell[deciding]
    exclusive = in_forms(cell, "zzp_excl", "vpt_excl")
    parts = []
    for code, chance in world.assumptions["behandeling_naast_exclusief"].items():
        mine = deciding[exclusive & (rng.random(len(deciding)) < chance["kans"])]
        quantity = np.maximum(rng.poisson(chance["aantal"], len(mine)), 1)
        day = _some_day(world, mine, month, rng)
        cents = price(world, chance["bedrag"], quantity, month)
        parts.append(line(world, mine, world.code(code), (day, day), 100 * quantity, cents))
    return [*parts, _paramedical(world, deciding[exclusive | in_forms(cell, "mpt")], month, rng)]


def _paramedical(world: World, may_have: Ints, month: int, rng: np.random.Generator) -> Lines:
    """A twelfth of the published yearly volume and amount, to the unit and the cent, over random clients."""
    row = paramedical_treatment()
    volume, amount = float(row["aantal"]) * world.scale, 100 * float(row["bedrag"]) * world.scale
    since, until = np.floor(volume * np.array([month % 12, month % 12 + 1]) / 12 + 0.5)
    count = min(max(round((until - since) / world.assumptions["h330_per_regel"]), 1), len(may_have))
    # At least a tenth of the mean on a line, so that none is empty.
    weight = 0.2 + rng.standard_gamma(2.0, count)
    bounds = since + np.floor((until - since) * np.append(0, weight.cumsum()) / weight.sum() + 0.5)
    cents = np.diff(np.floor(bounds * amount / volume + 0.5)).astype(np.int64)
    units = np.diff(bounds).astype(np.int64)
    mine = np.sort(rng.choice(may_have, count, replace=False))
    day = _some_day(world, mine, month, rng)
    return line(world, mine, world.code(row["prestatiecode"]), (day, day), 100 * units, cents)


def _some_day(world: World, episode: Ints, month: int, rng: np.random.Generator) -> Days:
    """A day of `month` on which the episode runs."""
    begin, finish = within_month(world, episode, month)
    return begin + (rng.random(len(episode)) * (finish - begin + 1)).astype(np.int64)
