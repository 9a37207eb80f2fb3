"""What zin-2025 prints of short-term care: categories, years, and states before and after."""

from dataclasses import dataclass
from functools import cache

import numpy as np

from aanspraak.published import published
from aanspraak.synthetic.arrays import Floats

FORMS = ("elv", "grz", "vv9b", "wlz_crisis")
STATES = (
    "geen_wlz", "verblijf_met_behandeling", "verblijf_zonder_behandeling", "thuis_met_wlz", "vv9_anders",
    "vv9_verblijf_met_behandeling", "crisis", "overleden",
)  # fmt: skip
"""Where a client is before or after a trajectory."""

LASTING = STATES[1:5]
SHOWS = {"vv9_verblijf_met_behandeling": "vv9b", "crisis": "wlz_crisis"}
"""The states that are a trajectory themselves, and of which care form."""

_VV9 = "vv9"
"""Around crisis care the source does not split VV9 care; nearly all of it is VV9b."""

_LESS_THAN_TEN = 5.0


def shown_by(form: str) -> str:
    """The state that a trajectory of this form is for the trajectory beside it."""
    (state,) = [state for state, shown in SHOWS.items() if shown == form]
    return state


@dataclass(frozen=True)
class Kind:
    """A care form and category in a start year; `finished` and `unfinished` are trajectories at full size."""

    form: str
    category: str
    year: int
    finished: float
    unfinished: float


def trajectory_years() -> range:
    found = [int(row["jaar"]) for row in published("kortdurend_trajecten")]
    return range(min(found), max(found) + 1)


@cache
def kinds() -> tuple[Kind, ...]:
    """Every category that makes trajectories.

    Categories are printed with the trajectories that end after the closing date, the included trajectories without:
    the share of those is taken to be the same in every category. Of ELV 2021 more is included than the categories hold;
    the rest is taken to be corona cohort care, which has users and costs but no row (both are inferences).
    """
    found = []
    for form in FORMS:
        for year in trajectory_years():
            rows = _trajectories(form, year)
            total = sum(rows.values())
            included = _included(form, year)
            if included > total + 100:
                rows["corona_cohort"] = included - total
                total = included
            # included is printed in tens
            share = included / total if included < total - 100 else 1.0
            found += [Kind(form, name, year, share * number, (1 - share) * number) for name, number in rows.items()]
    return tuple(found)


def _trajectories(form: str, year: int) -> dict[str, float]:
    rows = {
        row["categorie"]: float(row["trajecten"])
        for row in published("kortdurend_trajecten")
        if (row["zorgvorm"], int(row["jaar"])) == (form, year) and row["categorie"] != "geincludeerd"
    }
    return {name: number for name, number in rows.items() if name != "totaal"} or {form: rows["totaal"]}


def _included(form: str, year: int) -> float:
    found = [
        float(row["trajecten"])
        for row in published("kortdurend_trajecten")
        if (row["zorgvorm"], row["categorie"], int(row["jaar"])) == (form, "geincludeerd", year)
    ]
    return found[0] if found else sum(_trajectories(form, year).values())


@cache
def all_kinds() -> tuple[Kind, ...]:
    """The kinds that make trajectories, and after them those that have users and costs only."""
    printed = {(kind.form, kind.category, kind.year) for kind in kinds()}
    others = [
        Kind(row["zorgvorm"], row["categorie"], int(row["jaar"]), float(row["unieke_gebruikers"]), 0.0)
        for row in published("kortdurend_gebruikers")
        if row["categorie"] not in ("totaal", "corona_cohort")
        and (row["zorgvorm"], row["categorie"], int(row["jaar"])) not in printed
    ]
    return (*kinds(), *others)


def finished(form: str, category: str, year: int) -> float:
    return sum(
        kind.finished
        for kind in kinds()
        if (kind.form, kind.year) == (form, year) and category in (kind.category, "totaal")
    )


def printed_states(form: str, category: str, moment: str, year: int) -> Floats:
    """The printed trajectories per state; 0 where none is printed."""
    result = np.zeros(len(STATES))
    for row in published("kortdurend_voor_na"):
        key = (row["zorgvorm"], row["categorie"], row["moment"], int(row["jaar"]))
        name = shown_by("vv9b") if row["toestand"] == _VV9 else row["toestand"]
        if key == (form, category, moment, year) and name in STATES:
            result[STATES.index(name)] += number(row["trajecten"])
    return result


def number(printed: str) -> float:
    return _LESS_THAN_TEN if printed == "<10" else float(printed)
