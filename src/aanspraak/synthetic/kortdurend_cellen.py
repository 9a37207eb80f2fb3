"""What every printed cell of zin-2025 bijlage 5A counts, in numbers that a program can choose.

The numbers of a start year are named
- ("begonnen", care form, category): trajectories that begin;
- ("stroom", care form, table, before, after): finished ones from state to state;
- ("profiel", care form, moment, profile): finished ones with an indication, around crisis care moment/table;
- ("gebruikers", care form, category or totaal): different people.
"""

from collections.abc import Iterator
from functools import cache

import numpy as np

from aanspraak.published import published
from aanspraak.synthetic.kortdurend_cijfers import (
    LASTING,
    SHOWS,
    STATES,
    all_kinds,
    kinds,
    number,
    share_finished,
    shown_by,
    tables,
)
from aanspraak.synthetic.program import Name, Target, Terms

_TENS, _ONE_PERCENT = 10.0, 0.01
_HALF = 4.0
"""A number of tens may have been this much more or less, in whole people."""

_HELD = 10.0
"""The trajectories per category carry all other tables: they are held where others contradict them."""


def begun(form: str, category: str) -> Name:
    return "begonnen", form, category


def users(form: str, category: str) -> Name:
    return "gebruikers", form, category


def joined(*parts: Terms) -> Terms:
    return {name: sum(part.get(name, 0.0) for part in parts) for each in parts for name in each}


def less(terms: Terms) -> Terms:
    return {name: -part for name, part in terms.items()}


def flow_terms(
    form: str, table: str, before: tuple[str, ...] = STATES, after: tuple[str, ...] = STATES
) -> dict[Name, float]:
    """Finished trajectories from one of these states to one of those; `totaal` is all tables of the form."""
    return {
        ("stroom", form, name, one, other): 1.0
        for name in tables(form)
        if table in (name, "totaal")
        for one in before
        for other in after
        if possible(form, name, one, other)
    }


def possible(form: str, table: str, before: str, after: str) -> bool:
    """Whether the data have trajectories from this state to that."""
    if before == "overleden":
        return False
    if form in ("elv", "grz"):
        # Who has Wlz care goes back to it, or dies; printed for GRZ from home, taken to hold for the others.
        if before != "geen_wlz":
            return before in LASTING[:3] and (after == before or (form, before, after) == _DIES_FROM_HOME)
        return after in _AFTER_ZVW[form]
    if before in SHOWS and after in SHOWS:
        return False  # no chains of three
    if form == "vv9b":
        # Once Wlz, always Wlz; and who had care at home does not go from VV9b to VV9b.
        return before not in LASTING[:3] or after not in ("geen_wlz", shown_by("vv9b"))
    # Around crisis care the source does not split VV9 care; nearly all of it is VV9b, which is care for elders.
    return "vv9_anders" not in (before, after) and (table == "vv" or shown_by("vv9b") not in (before, after))


_DIES_FROM_HOME = ("grz", "thuis_met_wlz", "overleden")
_AFTER_ZVW = {
    "elv": ("geen_wlz", *LASTING[:3], "crisis"),
    "grz": ("geen_wlz", *LASTING[:3], "crisis", "vv9_verblijf_met_behandeling", "overleden"),
}


def profile_terms(form: str, moment: str, profile: str, table: str = "totaal") -> Terms:
    """Trajectories with a profile, or `totaal`; around crisis care each table has its own."""
    names = _printed_profiles(form, moment) if profile == "totaal" else (profile,)
    if form != "wlz_crisis":
        return {("profiel", form, moment, name): 1.0 for name in names}
    return {
        ("profiel", form, f"{moment}/{each}", name): 1.0
        for each in tables(form)
        if table in (each, "totaal")
        for name in names
        if name == "geen" or (name == "niet_vv") == (each == "ghz")
    }


@cache
def _printed_profiles(form: str, moment: str) -> tuple[str, ...]:
    """Around the Zvw the source shows what is more than 1%; what is left of the total is taken to be other than VV."""
    rows = [row for row in published("kortdurend_indicaties") if (row["zorgvorm"], row["moment"]) == (form, moment)]
    found = dict.fromkeys(row["zorgprofiel"] for row in rows if row["zorgprofiel"] != "totaal")
    return tuple(found | {"niet_vv": None})


def targets(year: int) -> Iterator[Target]:
    """The printed cells of a start year, but stays, costs, and what the source counts no trajectories of."""
    yield from _trajectories(year)
    for row in _rows("kortdurend_voor_na", year):
        terms = _states(row["zorgvorm"], row["categorie"], row["moment"], row["toestand"])
        yield _tens((row["moment"], row["zorgvorm"], row["categorie"], row["toestand"], row["jaar"]), terms, row)
    for row in _rows("kortdurend_indicaties", year):
        moments = ("tijdens", "binnen_2_weken_na") if row["moment"] == "totaal" else (row["moment"],)
        terms = joined(*(profile_terms(row["zorgvorm"], moment, row["zorgprofiel"]) for moment in moments))
        yield _tens(("indicaties", row["zorgvorm"], row["moment"], row["zorgprofiel"], row["jaar"]), terms, row)
    counted = {(kind.form, kind.category) for kind in all_kinds() if kind.year == year}
    for row in _rows("kortdurend_gebruikers", year):
        form, category, printed = row["zorgvorm"], row["categorie"], float(row["unieke_gebruikers"])
        if category == "totaal" or (form, category) in counted:
            terms = {users(form, category): 1.0}
            yield Target(("gebruikers", form, category, row["jaar"]), terms, printed, 0.0, _tolerance(printed))


def _trajectories(year: int) -> Iterator[Target]:
    for row in _rows("kortdurend_trajecten", year):
        form, category, printed = row["zorgvorm"], row["categorie"], float(row["trajecten"])
        names = [k.category for k in kinds() if (k.form, k.year) == (form, year)]
        name = ("trajecten", form, category, row["jaar"])
        if category == "geincludeerd":
            yield _tens(name, {begun(form, each): share_finished(form, year) for each in names}, row)
        else:
            terms = {begun(form, each): 1.0 for each in names if category in (each, "totaal")}
            most = max(np.floor(_ONE_PERCENT * printed), 0.25)
            yield Target(name, terms, printed, 0.0, most, _HELD if category in names else 1.0)


def _states(form: str, table: str, moment: str, state: str) -> Terms:
    if moment == "voor_na" and state != "totaal":
        before, after = state.split(">")
        came = ("geen_wlz",) if before == "geen_wlz" else STATES[1:]
        went = (after,) if after in ("geen_wlz", "overleden") else STATES[1:-1]
        return flow_terms(form, table, came, went)
    if state == "vv9":
        names: tuple[str, ...] = (shown_by("vv9b"), "vv9_anders")
    elif state == "verblijf_met_behandeling" and form in ("elv", "grz"):
        names = (state, shown_by("vv9b"))
    else:
        names = {"totaal": STATES, "totaal_wlz": STATES[1:-1]}.get(state, (state,))
    if moment == "week_voor":
        return flow_terms(form, table, before=names)
    return flow_terms(form, table, ("thuis_met_wlz",) if moment.endswith("vanuit_thuis") else STATES, names)


def _tens(name: tuple[str, ...], terms: Terms, row: dict[str, str]) -> Target:
    """Printed in tens; a real 0 is none, and under ten is anything under ten."""
    printed = number(row["trajecten"])
    return Target(name, terms, printed, _HALF if printed else 0.0, _tolerance(printed))


def _tolerance(printed: float) -> float:
    """Within tens or 1%, in whole people."""
    return max(_TENS, float(np.floor(_ONE_PERCENT * printed)))


def _rows(name: str, year: int) -> list[dict[str, str]]:
    return [row for row in published(name) if int(row["jaar"]) == year]
