"""What all months of the Wlz share: people with lasting traits, prices and codes; and how a line is made of them."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from aanspraak.synthetic.arrays import Bools, Days, Floats, Ints, whole
from aanspraak.synthetic.calendar import month_starts
from aanspraak.synthetic.cells import FORMS, form_of, package_of, packages
from aanspraak.synthetic.codes import Performance, performances
from aanspraak.synthetic.episodes import Episodes
from aanspraak.synthetic.kortdurend import ShortTerm, join_people
from aanspraak.synthetic.lines import Lines
from aanspraak.synthetic.tariffs import day_tariffs, growth


@dataclass(frozen=True)
class World:
    """Of `people` the first `rest` clients have no short-term care; `numbers` are the numbers of those who have.

    `traits` are numbers between 0 and 1 that a client keeps, by what they decide; `tariffs` as in `day_tariffs`.
    """

    people: Episodes
    rest: int
    short_term: ShortTerm
    numbers: Ints
    assumptions: dict[str, Any]
    scale: float
    traits: dict[str, Floats]
    tariffs: Floats
    performances: list[Performance]
    starts: Days

    def code(self, performance: str) -> int:
        """The index of a prestatiecode."""
        return [row.code for row in self.performances].index(performance)

    def of_kind(self, kind: str) -> str:
        """The one prestatiecode of a soort."""
        (code,) = [row.code for row in self.performances if row.kind == kind]
        return code


def make_world(
    rest: Episodes, short_term: ShortTerm, assumptions: dict[str, Any], scale: float, rng: np.random.Generator
) -> World:
    """Give every client lasting traits: which supplement, which modules, a pgb beside mpt."""
    people, numbers = join_people(rest, short_term, assumptions["zvw_ruis"]["zonder_wlz"])
    names = ["toeslag", "pgb", *assumptions["modules"]]
    traits = {name: rng.random(people.clients) for name in names}
    tariffs, rows = day_tariffs(assumptions), performances(assumptions)
    return World(people, rest.clients, short_term, numbers, assumptions, scale, traits, tariffs, rows, month_starts())


def price(world: World, euros: float, quantity: Ints, month: int) -> Ints:
    """Cents for this many units at a price in euros of the first year."""
    return whole(np.array(100 * euros * growth(month, world.assumptions))) * quantity


def line(world: World, episode: Ints, code: int, days: tuple[Days, Days], hundredths: Ints, cents: Ints) -> Lines:
    """Lines of one performance for these episodes, from the provider of the client in that form."""
    cell, client = world.people.cell[episode], world.people.client[episode]
    # Two primes scatter clients and forms over the providers.
    provider = (client * 7919 + form_of(cell) * 104729) % world.assumptions["zorgaanbieders"]["aantal"]
    codes = np.full(len(client), code)
    return Lines(client, codes, *days, hundredths, cents, provider, package_of(cell))


def other_line(world: World, episode: Ints, code: str, days: tuple[Days, Days], month: int) -> Lines:
    """Lines of a performance that never decides, priced per day or per consult."""
    other = world.assumptions["overige_prestaties"][code]
    quantity = days[1] - days[0] + 1 if other["eenheid"] == "dag" else np.ones(len(episode), dtype=np.int64)
    cents = price(world, other["bedrag"], quantity, month)
    return line(world, episode, world.code(code), days, 100 * quantity, cents)


def in_sector(cell: Ints, wlz_sector: str) -> Bools:
    return np.array([package.wlz_sector == wlz_sector for package in packages()])[package_of(cell)]


def in_forms(cell: Ints, *forms: str) -> Bools:
    return np.isin(form_of(cell), [FORMS.index(form) for form in forms])


def within_month(world: World, episode: Ints, month: int) -> tuple[Days, Days]:
    """First and last day of care in `month`."""
    begin = np.maximum(world.people.begin[episode], world.starts[month])
    return begin, np.minimum(world.people.finish[episode], world.starts[month + 1] - 1)
