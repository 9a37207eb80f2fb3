"""The Wlz lines that providers send in a month: day performances, supplements, days of change and crisis care."""

import numpy as np

from aanspraak.synthetic.arrays import Ints, whole
from aanspraak.synthetic.codes import day_performance
from aanspraak.synthetic.kortdurend_cijfers import all_kinds
from aanspraak.synthetic.lines import Lines, join
from aanspraak.synthetic.modular import modules, treatment
from aanspraak.synthetic.tariffs import growth
from aanspraak.synthetic.world import World, in_forms, in_sector, line, other_line, price, within_month


def month_lines(world: World, month: int, rng: np.random.Generator) -> Lines:
    """All right lines that begin in `month`, without noise."""
    people, starts = world.people, world.starts
    here = np.flatnonzero((people.begin < starts[month + 1]) & (people.finish >= starts[month]))
    packaged = here[day_performance()[people.cell[here]] >= 0]
    days = _days(world, packaged, month)
    parts = [days, *_supplements(world, packaged, days, month), *modules(world, here, month, rng)]
    parts += [_changes(world, month), _crisis(world, month), *treatment(world, month, rng)]
    lines = join(parts)
    lines.provider[rng.random(len(lines)) < world.assumptions["zorgaanbieders"]["ontbreekt"]] = -1
    return lines


def _days(world: World, episode: Ints, month: int) -> Lines:
    """One line a month for zzp and vpt."""
    cell = world.people.cell[episode]
    begin, finish = within_month(world, episode, month)
    count = finish - begin + 1
    cents = whole(world.tariffs[cell] * growth(month, world.assumptions)) * count
    lines = line(world, episode, 0, (begin, finish), 100 * count, cents)
    lines.code[:] = day_performance()[cell]
    return lines


def _supplements(world: World, episode: Ints, days: Lines, month: int) -> list[Lines]:
    """Supplements go with the day performances; a client has at most one, and keeps it."""
    cell = world.people.cell[episode]
    trait = world.traits["toeslag"][days.client]
    parts, floor = [], 0.0
    for code, supplement in world.assumptions["toeslagen"].items():
        ceiling = floor + supplement["kans"]
        has = in_sector(cell, supplement["wlz_sector"]) & in_forms(cell, *supplement["leveringsvormen"])
        lines = days.take(has & (trait >= floor) & (trait < ceiling))
        lines.code[:] = world.code(code)
        parts.append(lines.with_cents(price(world, supplement["bedrag"], lines.hundredths // 100, month)))
        floor = ceiling
    return parts


def _changes(world: World, month: int) -> Lines:
    """A change day for everyone who comes into a zzp this month."""
    people = world.people
    came = (people.first == month) & (month > 0) & in_forms(people.cell, "zzp_incl", "zzp_excl")
    episode = np.flatnonzero(came)
    day = people.begin[episode]
    return other_line(world, episode, world.of_kind("mutatiedag"), (day, day), month)


def _crisis(world: World, month: int) -> Lines:
    """The crisis care of `month`; nothing else decides on its days."""
    lines, stays = world.short_term.lines, world.short_term.stays
    rows = np.flatnonzero((lines.month == month) & stays.of_form("wlz_crisis")[lines.stay])
    stay = lines.stay[rows]
    codes = {kind["categorie"]: world.code(code) for code, kind in world.assumptions["crisisprestaties"].items()}
    code = np.array([codes.get(kind.category, -1) for kind in all_kinds()])[stays.kind[stay]]
    client = world.numbers[stays.client[stay]]
    provider = client * 7919 % world.assumptions["zorgaanbieders"]["aantal"]
    begin, finish = lines.begin[rows], lines.finish[rows]
    unknown = np.full(len(rows), -1)
    return Lines(client, code, begin, finish, 100 * (finish - begin + 1), lines.cents[rows], provider, unknown)
