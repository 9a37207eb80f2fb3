"""Short-term care in the synthetic Netherlands: its clients are part of the stock, which the rest fills up."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from aanspraak.synthetic.arrays import Floats, Ints
from aanspraak.synthetic.calibration import detail_months, unique_clients
from aanspraak.synthetic.cells import FORMS, form_of
from aanspraak.synthetic.episodes import Episodes
from aanspraak.synthetic.kortdurend_levens import Lives, make_lives, months_of
from aanspraak.synthetic.kortdurend_profielen import deal_around_zvw
from aanspraak.synthetic.kortdurend_profielen_wlz import deal_around_wlz
from aanspraak.synthetic.kortdurend_regels import StayLines, stay_lines
from aanspraak.synthetic.kortdurend_verblijven import Stays, draw_stays
from aanspraak.synthetic.kortdurend_volgorde import follow, share_clients


@dataclass(frozen=True)
class ShortTerm:
    """`present`: its clients per month and cell, at the scale of the data."""

    stays: Stays
    lives: Lives
    lines: StayLines
    present: Ints


def make_short_term(stock: Floats, assumptions: dict[str, Any], scale: float, rng: np.random.Generator) -> ShortTerm:
    """All short-term care; `stock` is (months, cells) at full size."""
    stays = share_clients(follow(draw_stays(assumptions, scale, rng), rng), assumptions, scale, rng)
    per_cell = stock[detail_months()].mean(axis=0)
    profiles = deal_around_zvw(stays, per_cell, scale, rng)
    deal_around_wlz(stays, per_cell, profiles, rng)
    lives = make_lives(stays, profiles, per_cell, assumptions, rng)
    return ShortTerm(stays, lives, stay_lines(stays, scale), months_of(lives.episodes))


def unique_in_detail_year(episodes: Episodes) -> dict[str, int]:
    """Clients of the groups of `unique_clients` in the detail year."""
    months = detail_months()
    there = (episodes.first < months.stop) & (episodes.last >= months.start) & (episodes.last >= episodes.first)
    return {
        name: len(np.unique(episodes.client[there & np.isin(form_of(episodes.cell), [FORMS.index(f) for f in forms])]))
        for name, (_, forms) in unique_clients().items()
    }


def join_people(rest: Episodes, short: ShortTerm, outsiders: float) -> tuple[Episodes, Ints]:
    """Everyone with Wlz care, and the number of every client of short-term care.

    Who has no Wlz care is numbered after everyone and after the people without Wlz care in the Zvw claims, whose share
    of the clients is `outsiders`.
    """
    found = short.lives.episodes
    has_care = np.zeros(int(short.stays.client.max()) + 1, dtype=bool)
    has_care[found.client] = True
    number = rest.clients + has_care.cumsum() - 1
    with_care = rest.clients + int(has_care.sum())
    beyond = with_care + max(round(outsiders * with_care), 1)
    number = np.where(has_care, number, beyond + (~has_care).cumsum() - 1)
    moved = replace(found, client=number[found.client])
    columns = (np.concatenate([getattr(rest, name), getattr(moved, name)]) for name in Episodes.__dataclass_fields__)
    return Episodes(*columns), number
