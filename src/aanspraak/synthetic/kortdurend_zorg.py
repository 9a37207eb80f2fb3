"""The Wlz care around the stays of short-term care: in which cell, from when, until when; and the day of death."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from aanspraak.synthetic.arrays import Bools, Days, Floats, Ints
from aanspraak.synthetic.calendar import month_starts
from aanspraak.synthetic.cells import FORMS, packages
from aanspraak.synthetic.episodes import NO_DAY
from aanspraak.synthetic.kortdurend_cijfers import LASTING, STATES
from aanspraak.synthetic.kortdurend_profielen import CARE_FORMS, NONE, Profiles, from_stock, profile_index
from aanspraak.synthetic.kortdurend_verblijven import Stays

WINDOW = 14
"""Days after a stay in which the source looks for what follows."""


@dataclass(frozen=True)
class Around:
    """Per stay the cell and days of care before and after (`NONE` without), and the day of death (`NO_DAY`)."""

    cell_before: Ints
    since: Days
    cell_after: Ints
    starts: Days
    until: Days
    death: Days
    goes_on: Bools


def care_around(
    stays: Stays, profiles: Profiles, stock: Floats, assumptions: dict[str, Any], rng: np.random.Generator
) -> Around:
    """`stock` is clients per cell, for the forms of care at home."""
    days = assumptions["kortdurend_zorg_eromheen"]
    count = len(stays)
    cell_before, cell_after = _cells(stays, profiles, stock, rng)
    goes_on = stays.of_form("elv", "grz") & (cell_before != NONE)
    cell_after = np.where(goes_on, cell_before, cell_after)
    since = stays.begin - days["minstens"] - rng.exponential(days["voor"], count).astype(np.int64)
    # After the Zvw care follows the indication, else it begins at once.
    delay = np.where(stays.of_form("elv", "grz"), rng.integers(1, WINDOW + 1, count), 1)
    pauses = goes_on & stays.of_form("grz") & (stays.before == STATES.index("thuis_met_wlz"))
    pauses &= (stays.after == stays.before) & (rng.random(count) < assumptions["kortdurend_pauze"]["aandeel"])
    # Care at home that pauses for GRZ begins again when nobody looks any more.
    starts = stays.finish + delay + np.where(pauses, WINDOW, 0)
    until = starts + days["minstens"] + rng.exponential(days["na"], count).astype(np.int64)
    same_day = rng.random(count) < assumptions["kortdurend_overlijden"]["zelfde_dag"]
    later = np.where(same_day, 0, rng.integers(1, WINDOW + 1, count))
    death = np.where(stays.after == STATES.index("overleden"), stays.finish + later, NO_DAY)
    cell_after = np.where(starts < month_starts()[-1], cell_after, NONE)
    return Around(cell_before, since, cell_after, starts, until, death, goes_on & ~pauses)


def _cells(stays: Stays, profiles: Profiles, stock: Floats, rng: np.random.Generator) -> tuple[Ints, Ints]:
    """The cells of care before and after; the profile of the indication is that of the care, where it can be."""
    ghz = stays.in_table("wlz_crisis", "ghz")
    given = np.array([package.takes_newcomers and package.months_valid is None for package in packages()])
    result: list[Ints] = []
    for states, indicated in ((stays.before, profiles.before), (stays.after, profiles.after)):
        package = np.where((indicated != NONE) & given[indicated], indicated, NONE)
        if result:
            package = np.where((package == NONE) & (result[0] != NONE), result[0] // len(FORMS), package)
        for name in LASTING[:3]:
            for wlz_sector, mine in (("vv", ~ghz), ("ghz", ghz)):
                # An indication that the register lacks, or for care that is not given any more.
                rows = np.flatnonzero(mine & (states == STATES.index(name)) & (package == NONE))
                package[rows] = from_stock(name, wlz_sector, stock, len(rows), rng)
        package[states == STATES.index("vv9_anders")] = profile_index("VV9")
        result.append(_in_forms(states, package, stock, rng))
    return result[0], result[1]


def _in_forms(state: Ints, package: Ints, stock: Floats, rng: np.random.Generator) -> Ints:
    """The cell of care in these states, at home in the forms in which the stock has the package."""
    result = np.full(len(state), NONE)
    for name, forms in CARE_FORMS.items():
        for at in np.unique(package[state == STATES.index(name)]):
            rows = np.flatnonzero((state == STATES.index(name)) & (package == at))
            options = np.array([at * len(FORMS) + FORMS.index(form) for form in forms])
            weight = stock[options] + 1e-9 * (np.array(forms) != "pgb")
            result[rows] = rng.choice(options, len(rows), p=weight / weight.sum())
    return result
