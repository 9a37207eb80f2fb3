"""What zin-2025 prints of short-term care: categories, years, and states before and after."""

from dataclasses import dataclass
from functools import cache

from aanspraak.published import published
from aanspraak.synthetic.sources import assumptions

FORMS = ("elv", "grz", "vv9b", "wlz_crisis")
STATES = (
    "geen_wlz", "verblijf_met_behandeling", "verblijf_zonder_behandeling", "thuis_met_wlz", "vv9_anders",
    "vv9_verblijf_met_behandeling", "crisis", "overleden",
)  # fmt: skip
"""Where a client is before or after a trajectory."""

LASTING = STATES[1:5]
SHOWS = {"vv9_verblijf_met_behandeling": "vv9b", "crisis": "wlz_crisis"}
"""The states that are a trajectory themselves, and of which care form."""

LINKS = (
    ("elv", "totaal", "wlz_crisis", "vv"),
    ("grz", "totaal", "wlz_crisis", "vv"),
    ("grz", "totaal", "vv9b", "totaal"),
    ("vv9b", "totaal", "wlz_crisis", "vv"),
    ("vv9b", "totaal", "vv9b", "totaal"),
    ("wlz_crisis", "vv", "wlz_crisis", "vv"),
    ("wlz_crisis", "ghz", "wlz_crisis", "ghz"),
    ("wlz_crisis", "vv", "vv9b", "totaal"),
)
"""Which trajectory follows on which: form and table (see `tables`) of the first and of the second."""

_LESS_THAN_TEN = 5.0
_OTHER_TOTAL = 100
"""Two totals that differ by less are one, rounded."""


def shown_by(form: str) -> str:
    """The state that a trajectory of this form is for the trajectory beside it."""
    (state,) = [state for state, shown in SHOWS.items() if shown == form]
    return state


@dataclass(frozen=True)
class Kind:
    """A care form and category in a start year."""

    form: str
    category: str
    year: int


def trajectory_years() -> range:
    found = [int(row["jaar"]) for row in published("kortdurend_trajecten")]
    return range(min(found), max(found) + 1)


@cache
def kinds() -> tuple[Kind, ...]:
    """Every category that makes trajectories.

    Of ELV 2021 more is included than the categories hold; what the rest is taken to be is an assumption.
    """
    found = []
    for form in FORMS:
        for year in trajectory_years():
            rows = trajectories(form, year)
            total, included = rows.pop("totaal"), rows.pop("geincludeerd", 0.0)
            names = list(rows) or [form]
            if included > total + _OTHER_TOTAL:
                names.append(assumptions()["kortdurend_zonder_trajecten"]["rest"])
            found += [Kind(form, name, year) for name in names]
    return tuple(found)


@cache
def all_kinds() -> tuple[Kind, ...]:
    """The kinds that make trajectories, and after them those that the source leaves out of its trajectories.

    Nothing is made of what has users and costs but neither trajectories nor a stay (see the assumptions).
    """
    not_made = assumptions()["kortdurend_zonder_trajecten"]
    others = [
        Kind(row["zorgvorm"], row["categorie"], int(row["jaar"]))
        for row in published("kortdurend_gebruikers")
        if row["categorie"] not in ("totaal", *not_made.get(row["zorgvorm"], []))
    ]
    return (*kinds(), *(kind for kind in others if kind not in kinds()))


def trajectories(form: str, year: int) -> dict[str, float]:
    """The printed trajectories per category, with totaal and, for ELV and GRZ, geincludeerd: what ended in time."""
    return {
        row["categorie"]: float(row["trajecten"])
        for row in published("kortdurend_trajecten")
        if (row["zorgvorm"], int(row["jaar"])) == (form, year)
    }


def share_finished(form: str, year: int) -> float:
    """The part of the trajectories that ended in time, taken to be the same in every category (an inference)."""
    rows = trajectories(form, year)
    included = rows.get("geincludeerd", rows["totaal"])
    return included / rows["totaal"] if included < rows["totaal"] - _OTHER_TOTAL else 1.0


def tables(form: str) -> tuple[str, ...]:
    """The states before crisis care are printed per category, all others together."""
    return ("vv", "ghz") if form == "wlz_crisis" else ("totaal",)


def number(printed: str) -> float:
    return _LESS_THAN_TEN if printed == "<10" else float(printed)
