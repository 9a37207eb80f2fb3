"""The Wlz lines that providers send in a month: day performances, supplements, modules, changes and crisis care."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from aanspraak.synthetic.calendar import Days, month_starts
from aanspraak.synthetic.calibration import Floats, Ints
from aanspraak.synthetic.cells import FORMS, form_of, package_of, packages
from aanspraak.synthetic.codes import day_performance, paramedical_treatment, performances
from aanspraak.synthetic.lines import Lines, join, whole
from aanspraak.synthetic.population import Episodes
from aanspraak.synthetic.tariffs import day_tariffs, growth


@dataclass(frozen=True)
class World:
    """What all months share; `traits` are fixed chances per client, by name."""

    episodes: Episodes
    assumptions: dict[str, Any]
    scale: float
    traits: dict[str, Floats]
    tariffs: Floats
    starts: Days
    code: dict[str, int]


def world(episodes: Episodes, assumptions: dict[str, Any], scale: float, rng: np.random.Generator) -> World:
    """Give every client the traits that stay with him: which supplement, which modules, crisis care at the start."""
    names = ["toeslag", "crisis", "pgb", *assumptions["modules"]]
    traits = {name: rng.random(episodes.clients) for name in names}
    code = {row.code: at for at, row in enumerate(performances(assumptions))}
    return World(episodes, assumptions, scale, traits, day_tariffs(assumptions), month_starts(), code)


def month_lines(world: World, month: int, rng: np.random.Generator) -> Lines:
    """All right lines that begin in `month`, without noise."""
    episodes, starts = world.episodes, world.starts
    here = np.flatnonzero((episodes.begin < starts[month + 1]) & (episodes.finish >= starts[month]))
    begin = np.maximum(episodes.begin[here], starts[month]).astype(np.int64)
    finish = np.minimum(episodes.finish[here], starts[month + 1] - 1).astype(np.int64)
    parts = [_days(world, here, begin, finish, month)]
    parts += _supplements(world, parts[0], here, month)
    parts += _modules(world, here, begin, finish, month, rng)
    parts += [_changes(world, month), _crisis(world, month, rng), *_treatment(world, month, rng)]
    lines = join(parts)
    missing = rng.random(len(lines)) < world.assumptions["zorgaanbieders"]["ontbreekt"]
    lines.provider[missing] = -1
    return lines


def other_line(world: World, code: str, client: Ints, begin: Ints, finish: Ints, month: int, package: Ints) -> Lines:
    """Lines of a performance that never decides, priced per day or per consult."""
    other = world.assumptions["overige_prestaties"][code]
    days = finish - begin + 1 if other["eenheid"] == "dag" else np.ones(len(client), dtype=np.int64)
    cents = whole(100 * other["bedrag"] * _growth(world, month) * days)
    return Lines(client, np.full(len(client), world.code[code]), begin, finish, 100 * days, cents,
                 _provider(world, client, 0), package)  # fmt: skip


def _growth(world: World, month: int) -> float:
    return growth(month // 12, world.assumptions)


def _provider(world: World, client: Ints, form: Ints | int) -> Ints:
    return (client * 7919 + np.asarray(form) * 104729) % int(world.assumptions["zorgaanbieders"]["aantal"])


def _line(world: World, episode: Ints, code: int, begin: Ints, finish: Ints, hundredths: Ints, cents: Ints) -> Lines:
    cell = world.episodes.cell[episode]
    client = world.episodes.client[episode]
    return Lines(client, np.full(len(client), code), begin, finish, hundredths, cents,
                 _provider(world, client, form_of(cell)), package_of(cell))  # fmt: skip


def _days(world: World, episode: Ints, begin: Ints, finish: Ints, month: int) -> Lines:
    """One line a month for zzp and vpt."""
    code = day_performance()[world.episodes.cell[episode]]
    packaged = code >= 0
    episode, begin, finish = episode[packaged], begin[packaged], finish[packaged]
    days = finish - begin + 1
    per_day = whole(world.tariffs[world.episodes.cell[episode]] * _growth(world, month))
    lines = _line(world, episode, 0, begin, finish, 100 * days, per_day * days)
    lines.code[:] = code[packaged]
    return lines


def _supplements(world: World, basic: Lines, episode: Ints, month: int) -> list[Lines]:
    """Supplements go with the day performances; a client has at most one, and keeps it."""
    cell = world.episodes.cell[episode]
    cell = cell[day_performance()[cell] >= 0]
    form = np.array(FORMS)[form_of(cell)]
    sector = np.array([package.wlz_sector for package in packages()])[package_of(cell)]
    chance = world.traits["toeslag"][basic.client]
    parts, floor = [], 0.0
    for code, supplement in world.assumptions["toeslagen"].items():
        ceiling = floor + supplement["kans"]
        has = (sector == supplement["wlz_sector"]) & np.isin(form, supplement["leveringsvormen"])
        lines = basic.take(has & (chance >= floor) & (chance < ceiling))
        lines.code[:] = world.code[code]
        per_day = whole(np.array(100 * supplement["bedrag"] * _growth(world, month)))
        parts.append(lines.with_cents(per_day * lines.hundredths // 100))
        floor = ceiling
    return parts


def _modules(
    world: World, episode: Ints, begin: Ints, finish: Ints, month: int, rng: np.random.Generator
) -> list[Lines]:
    """One line a week and module for mpt."""
    cell = world.episodes.cell[episode]
    sector = np.array([package.wlz_sector for package in packages()])[package_of(cell)]
    modular = form_of(cell) == FORMS.index("mpt")
    parts = []
    for code, module in world.assumptions["modules"].items():
        has = world.traits[code][world.episodes.client[episode]] < module["kans"]
        which = np.flatnonzero(modular & has & (sector == module["wlz_sector"]))
        weeks = (finish[which] - begin[which]) // 7 + 1
        week = np.arange(weeks.sum()) - np.repeat(weeks.cumsum() - weeks, weeks)
        which = np.repeat(which, weeks)
        start = begin[which] + 7 * week
        stop = np.minimum(start + 6, finish[which])
        parts_of_unit = 4 if module["eenheid"] == "uur" else 1
        expected = module["per_week"] * parts_of_unit * (stop - start + 1) / 7
        hundredths = 100 // parts_of_unit * np.maximum(rng.poisson(expected), 1)
        cents = whole(module["bedrag"] * _growth(world, month) * hundredths)
        parts.append(_line(world, episode[which], world.code[code], start, stop, hundredths, cents))
    return parts


def _changes(world: World, month: int) -> Lines:
    """A change day for everyone who moves into a zzp this month."""
    episodes = world.episodes
    zzp = np.isin(form_of(episodes.cell), [at for at, form in enumerate(FORMS) if form.startswith("zzp")])
    which = np.flatnonzero((episodes.first == month) & (month > 0) & zzp)
    day = episodes.begin[which].astype(np.int64)
    (code,) = _codes_of_kind(world, "mutatiedag")
    return other_line(world, code, episodes.client[which], day, day, month, package_of(episodes.cell[which]))


def _crisis(world: World, month: int, rng: np.random.Generator) -> Lines:
    """Crisis care of some newcomers in the month before; nothing else decides in that month."""
    episodes = world.episodes
    packaged = [package.wlz_sector == "vv" for package in packages()]
    eligible = np.repeat(packaged, len(FORMS)) & np.tile([form.startswith("zzp") for form in FORMS], len(packaged))
    which = newcomers(episodes, month + 1, month + 1)
    chance = world.traits["crisis"][episodes.client[which]]
    which = which[eligible[episodes.cell[which]] & (chance < world.assumptions["crisis"]["aandeel"])]
    begin = world.starts[month] + rng.integers(0, 28, len(which))
    finish = np.minimum(begin + world.assumptions["crisis"]["dagen"] - 1, world.starts[month + 1] - 1)
    (code,) = _codes_of_kind(world, "crisis")
    return other_line(world, code, episodes.client[which], begin, finish, month, package_of(episodes.cell[which]))


def newcomers(episodes: Episodes, since: int, until: int) -> Ints:
    """The first episode of clients who come into care in the months `since`..`until` (never the first month)."""
    opening = np.diff(episodes.client, prepend=-1) > 0
    return np.flatnonzero(opening & (episodes.first >= max(since, 1)) & (episodes.first <= until))


def _codes_of_kind(world: World, kind: str) -> list[str]:
    return [code for code, other in world.assumptions["overige_prestaties"].items() if other["soort"] == kind]


def _treatment(world: World, month: int, rng: np.random.Generator) -> list[Lines]:
    """Modular treatment beside zzp and vpt exclusive, and paramedical treatment at its published volume."""
    episodes = world.episodes
    deciding = episodes.deciding(month)
    form = np.array(FORMS)[form_of(episodes.cell[deciding])]
    exclusive = deciding[np.isin(form, ("zzp_excl", "vpt_excl"))]
    parts = []
    for code, treatment in world.assumptions["behandeling_naast_exclusief"].items():
        which = exclusive[rng.random(len(exclusive)) < treatment["kans"]]
        hundredths = 100 * np.maximum(rng.poisson(treatment["aantal"], len(which)), 1)
        cents = whole(treatment["bedrag"] * _growth(world, month) * hundredths)
        day = _some_day(world, which, month, rng)
        parts.append(_line(world, which, world.code[code], day, day, hundredths, cents))
    may_have = deciding[np.isin(form, ("zzp_excl", "vpt_excl", "mpt"))]
    return [*parts, _paramedical(world, may_have, month, rng)]


def _paramedical(world: World, may_have: Ints, month: int, rng: np.random.Generator) -> Lines:
    """A twelfth of the published yearly volume and amount, to the unit and the cent."""
    row = paramedical_treatment()
    volume, amount = float(row["aantal"]) * world.scale, 100 * float(row["bedrag"]) * world.scale
    passed = np.floor(volume * np.array([month % 12, month % 12 + 1]) / 12 + 0.5)
    per_line = world.assumptions["h330_per_regel"]
    count = min(max(round((passed[1] - passed[0]) / per_line), 1), len(may_have))
    weight = 0.2 + rng.standard_gamma(2.0, count)
    bounds = passed[0] + np.floor((passed[1] - passed[0]) * np.append(0, weight.cumsum()) / weight.sum() + 0.5)
    cents = np.diff(np.floor(bounds * amount / volume + 0.5)).astype(np.int64)
    which = np.sort(rng.choice(may_have, count, replace=False))
    day = _some_day(world, which, month, rng)
    units = np.diff(bounds).astype(np.int64)
    return _line(world, which, world.code[row["prestatiecode"]], day, day, 100 * units, cents)


def _some_day(world: World, episode: Ints, month: int, rng: np.random.Generator) -> Ints:
    """A day of `month` on which the episode runs."""
    begin = np.maximum(world.episodes.begin[episode], world.starts[month]).astype(np.int64)
    finish = np.minimum(world.episodes.finish[episode], world.starts[month + 1] - 1)
    return begin + (rng.random(len(episode)) * (finish - begin + 1)).astype(np.int64)
