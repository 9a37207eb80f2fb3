"""Printed cells of zin-2025 bijlage 5A that cannot all be true together, or that count what the source does not show.

A contradiction is proven: `test_kortdurend_ijking` finds that no numbers meet all its cells within tens or 1%.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from aanspraak.published import published

Name = tuple[str, ...]


@dataclass(frozen=True)
class Contradiction:
    """Of `cells` at least `missed` must be missed."""

    why: str
    cells: frozenset[Name]
    missed: int = 1


def _states(moment: str, form: str, category: str, year: str) -> frozenset[Name]:
    return frozenset(
        (moment, form, category, row["toestand"], year)
        for row in published("kortdurend_voor_na")
        if (row["moment"], row["zorgvorm"], row["categorie"], row["jaar"]) == (moment, form, category, year)
    )


def _profiles(form: str, moment: str, year: str) -> frozenset[Name]:
    return frozenset(
        ("indicaties", form, moment, row["zorgprofiel"], year)
        for row in published("kortdurend_indicaties")
        if (row["zorgvorm"], row["moment"], row["jaar"]) == (form, moment, year)
    )


def _trajectories(form: str, year: str, *categories: str) -> frozenset[Name]:
    return frozenset(("trajecten", form, category, year) for category in categories)


_ELV = ("laag_complex", "hoog_complex", "triage_diagnose", "specifieke_groepen")

_WITHOUT_TRAJECTORIES = ("palliatief_terminaal", "specialistische_hulpmiddelen")

_MORE_USERS = (
    *(("elv", name, year) for name in _ELV[:2] for year in ("2018", "2019", "2020", "2021", "2022", "2023")),
    *(("elv", name, year) for name in _ELV[2:] for year in ("2021", "2022", "2023")),
    ("grz", "amputaties", "2019"),
)


def _contradictions() -> Iterator[Contradiction]:
    for form, category, year in _MORE_USERS:
        yield Contradiction(
            "More users than trajectories of this category began in the year.",
            frozenset({("gebruikers", form, category, year), ("trajecten", form, category, year)}),
        )
    for year in ("2022", "2023"):
        yield Contradiction(
            "More users than there are trajectories, and users of what makes none, together.",
            _trajectories("elv", year, *_ELV)
            | {("gebruikers", "elv", name, year) for name in ("totaal", *_WITHOUT_TRAJECTORIES)},
        )
    yield Contradiction(
        "So many users in all can only be if triage and diagnosis has six times as many as it says: one for every "
        "trajectory. (Corona cohort care, with users and without trajectories, may be among those.)",
        _trajectories("elv", "2020", "laag_complex", "hoog_complex", "specifieke_groepen")
        | {("gebruikers", "elv", name, "2020") for name in ("totaal", "palliatief_terminaal", "triage_diagnose")},
    )
    yield Contradiction(
        "More trajectories are included than the categories add up to.",
        _trajectories("elv", "2021", "totaal", "geincludeerd"),
    )
    crisis = _trajectories("wlz_crisis", "2021", "totaal", "vv", "ghz")
    yield Contradiction(
        "What follows Wlz crisis care in 2021 adds up to 4,160 trajectories; there were 3,997.",
        _states("twee_weken_na", "wlz_crisis", "totaal", "2021") | crisis,
    )
    yield Contradiction(
        "The six groups of Wlz crisis care in 2021 add up to 4,150 trajectories; there were 3,997.",
        _states("voor_na", "wlz_crisis", "totaal", "2021") | crisis,
    )
    yield Contradiction(
        "The profiles after Wlz crisis care in 2021 add up to 4,160 trajectories; there were 3,997.",
        _profiles("wlz_crisis", "tot_en_met_2_weken_na", "2021") | crisis,
    )
    yield Contradiction(
        "The week before crisis care for GHZ in 2022 adds up to 540 trajectories; there were 619.",
        _states("week_voor", "wlz_crisis", "ghz", "2022") | _trajectories("wlz_crisis", "2022", "ghz"),
    )


CONTRADICTIONS = tuple(_contradictions())

NO_TRAJECTORIES = Contradiction(
    "Corona cohort care and coordination have users and costs, but the source counts no trajectories of them.",
    frozenset(
        {("kosten", "elv", name, year) for name in ("corona_cohort", "totaal") for year in ("2020", "2022")}
        | {("gebruikers", "elv", "corona_cohort", year) for year in ("2020", "2022", "2023")}
        | {("kosten", "elv", "corona_cohort", "2023"), ("kosten", "elv", "coordinatie", "2022")}
    ),
    missed=9,
)
