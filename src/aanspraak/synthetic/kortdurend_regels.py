"""Claims for short-term care: a line for every stay and month, adding up to the published costs."""

from dataclasses import dataclass

import numpy as np

from aanspraak.published import published
from aanspraak.synthetic.arrays import Days, Ints
from aanspraak.synthetic.calendar import month_starts
from aanspraak.synthetic.kortdurend_cijfers import all_kinds
from aanspraak.synthetic.kortdurend_verblijven import Stays, pieces


@dataclass(frozen=True)
class StayLines:
    """Lines of ELV, GRZ and crisis care, one element a line; `month` is that of its days."""

    stay: Ints
    month: Ints
    begin: Days
    finish: Days
    cents: Ints


def stay_lines(stays: Stays, scale: float) -> StayLines:
    """Costs of a form, category and start year are spread evenly over its days, to the cent. VV9b is in `wlz`."""
    stay, begin, finish = pieces(stays)
    costs = {
        (row["zorgvorm"], row["categorie"], int(row["jaar"])): row["kosten"] for row in published("kortdurend_kosten")
    }
    order = np.argsort(stays.kind[stay], kind="stable")
    order = order[~stays.of_form("vv9b")[stay[order]]]
    stay, begin, finish = stay[order], begin[order], finish[order]
    days, kind = finish - begin + 1, stays.kind[stay]
    per_kind = np.bincount(kind, weights=days, minlength=len(all_kinds()))
    total = np.array([100 * scale * float(costs.get((k.form, k.category, k.year), 0)) for k in all_kinds()])
    upto = days.cumsum() - (per_kind.cumsum() - per_kind)[kind]
    rate = (total / np.maximum(per_kind, 1))[kind]
    cents = np.floor(upto * rate + 0.5) - np.floor((upto - days) * rate + 0.5)
    month = np.searchsorted(month_starts(), begin, side="right") - 1
    return StayLines(stay, month, begin, finish, cents.astype(np.int64))
