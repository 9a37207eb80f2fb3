"""How long stays of short-term care last: the printed means and standard deviations."""

from typing import Any

import numpy as np

from aanspraak.published import published
from aanspraak.synthetic.arrays import Bools, Ints
from aanspraak.synthetic.kortdurend_cijfers import Kind, all_kinds, kinds, trajectory_years
from aanspraak.synthetic.kortdurend_ijking import begun_stays


def lengths(kind: Ints, finished: Bools, assumptions: dict[str, Any], rng: np.random.Generator) -> Ints:
    """Days of stay: skewed, with the printed mean and standard deviation over the finished stays of every kind."""
    result = np.ones(len(kind), dtype=np.int64)
    for at, each in enumerate(all_kinds()):
        mean, deviation = _printed_length(each, assumptions)
        for rows in (np.flatnonzero((kind == at) & finished), np.flatnonzero((kind == at) & ~finished)):
            result[rows] = _skewed(mean, deviation, _longest(each), len(rows), rng)
    return result


def _printed_length(kind: Kind, assumptions: dict[str, Any]) -> tuple[float, float]:
    """Mean and standard deviation; the means within a form shifted together, within their rounding, to the total."""
    rows = {(row["zorgvorm"], row["categorie"], int(row["jaar"])): row for row in published("kortdurend_ligduur")}
    name = "totaal" if kind.form == "vv9b" else kind.category
    row = rows.get((kind.form, name, kind.year))
    if row is None:
        unknown = assumptions["kortdurend_ligduur_onbekend"][kind.category]
        return float(unknown["gemiddeld"]), float(unknown["sd"])
    mean, total = float(row["gemiddelde_ligduur"]), rows.get((kind.form, "totaal", kind.year))
    if total and name != "totaal":
        mine = [k for k in kinds() if (k.form, k.year) == (kind.form, kind.year)]
        # A category is finished in the same part as all.
        means = [float(rows[k.form, k.category, k.year]["gemiddelde_ligduur"]) for k in mine]
        weighted = np.average(means, weights=[begun_stays(k) for k in mine])
        mean += float(np.clip(float(total["gemiddelde_ligduur"]) - weighted, -0.4, 0.4))
    return mean, float(row["sd"])


def _skewed(mean: float, deviation: float, longest: int, count: int, rng: np.random.Generator) -> Ints:
    """`count` whole numbers of at least 1 and at most `longest`; the sample has the mean and the deviation."""
    drawn = rng.standard_gamma((mean / deviation) ** 2, count)
    add, times = 0.0, mean / max((mean / deviation) ** 2, 1e-9)
    result: Ints = np.full(count, round(mean))
    for _ in range(40):
        if count < 2:
            break
        result = np.clip(np.floor(add + times * drawn + 0.5), 1, longest).astype(np.int64)
        times *= deviation / max(float(result.std(ddof=1)), 0.1)
        add += mean - float(result.mean())
    return result


def _longest(kind: Kind) -> int:
    """A finished stay of the last year fits in it; of an earlier year in a year and a half."""
    return 300 if kind.year == trajectory_years()[-1] else 540
