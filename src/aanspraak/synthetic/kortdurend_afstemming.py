"""Numbers of short-term care in a start year that fit together and are what zin-2025 prints, wherever that can be.

The source rounds, and its tables contradict each other in places. Per start year a linear program ties its tables
together: as few printed cells as can be are missed, and the others are met as closely as can be.
"""

from dataclasses import dataclass
from functools import cache

from aanspraak.synthetic.cells import packages
from aanspraak.synthetic.kortdurend_cellen import begun, flow_terms, joined, less, profile_terms, targets, users
from aanspraak.synthetic.kortdurend_cijfers import (
    FORMS,
    LINKS,
    SHOWS,
    all_kinds,
    kinds,
    share_finished,
    shown_by,
    tables,
)
from aanspraak.synthetic.program import Name, Program, Target

_INDEPENDENT = (FORMS[:1], FORMS[1:])
"""No table ties ELV to the other care forms."""

_AT_MOST_TWICE = 0.5
"""Users per trajectory, at least; nobody is given more than two (see the assumptions)."""

_MOSTLY_ONE_KIND = 0.9
"""All users per user of a category, at least: the second trajectory must find one of another category."""

_MOMENTS = ("week_voor", "tot_en_met_2_weken_na")

_GETS_CARE = (
    "verblijf_met_behandeling", "verblijf_zonder_behandeling", "thuis_met_wlz", "vv9_verblijf_met_behandeling",
)  # fmt: skip

_NOT_GIVEN = tuple(f"VV{each.profile}" for each in packages() if each.sector == "vv" and not each.takes_newcomers)
"""Profiles that nobody gets any more."""


@dataclass(frozen=True)
class Balanced:
    """Numbers of one start year at full size, named as in `kortdurend_cellen`; `missed` cannot be met."""

    numbers: dict[Name, float]
    missed: list[Target]

    def __getitem__(self, name: Name) -> float:
        return self.numbers.get(name, 0.0)


@cache
def balanced(year: int) -> Balanced:
    numbers: dict[Name, float] = {}
    missed: list[Target] = []
    for forms in _INDEPENDENT:
        program = structure(year, forms)
        program.targets = [target for target in targets(year) if target.name[1] in forms]
        found, out = program.solve()
        numbers |= found
        missed += out
    return Balanced(numbers, missed)


def structure(year: int, forms: tuple[str, ...] = FORMS) -> Program:
    """What holds between the numbers whatever is printed: a person has one state, one profile, and so on."""
    program = Program()
    for form in forms:
        _trajectories(program, form, year)
        if form in ("elv", "grz"):
            _users(program, form, year)
            _profiles_around_zvw(program, form)
    if "wlz_crisis" in forms:
        _links(program)
        _profiles_around_wlz(program)
    return program


def _trajectories(program: Program, form: str, year: int) -> None:
    """The flows hold all finished trajectories."""
    for table in tables(form):
        names = [k.category for k in kinds() if (k.form, k.year) == (form, year) and table in (k.category, "totaal")]
        finished = {begun(form, name): share_finished(form, year) for name in names}
        program.between(0, joined(flow_terms(form, table), less(finished)), 0)


def _links(program: Program) -> None:
    """Where one trajectory follows on another both tables hold it; the week before is shorter than the weeks after."""
    for first, table, second, other in LINKS:
        if first in SHOWS.values():
            come = flow_terms(second, other, before=(shown_by(first),))
            gone = flow_terms(first, table, after=(shown_by(second),))
            program.between(0, joined(gone, less(come)))
    # Nothing else shows VV9 care after GRZ.
    gone = flow_terms("grz", "totaal", after=(shown_by("vv9b"),))
    program.between(0, joined(gone, less(profile_terms("grz", "binnen_2_weken_na", "VV9"))), 0)


def _profiles_around_wlz(program: Program) -> None:
    """Everyone has a profile or none, and who has one before has one after, anew after VV9b.

    VV9b that is followed by crisis care, or the other way round, leaves an indication for VV9 there.
    """
    for form, table in (("vv9b", "totaal"), ("wlz_crisis", "vv"), ("wlz_crisis", "ghz")):
        for moment in _MOMENTS:
            all_profiles = profile_terms(form, moment, "totaal", table)
            program.between(0, joined(flow_terms(form, table), less(all_profiles)), 0)
        before, after = (profile_terms(form, moment, "geen", table) for moment in _MOMENTS)
        program.between(0, joined(before, less(after)))
    for name in _NOT_GIVEN:
        program.between(0, profile_terms("vv9b", _MOMENTS[1], name), 0.0)
    for moment, linked in (
        (_MOMENTS[0], flow_terms("vv9b", "totaal", after=(shown_by("wlz_crisis"),))),
        (_MOMENTS[1], flow_terms("wlz_crisis", "vv", after=(shown_by("vv9b"),))),
    ):
        program.between(0, joined(profile_terms("wlz_crisis", moment, "VV9"), less(linked)))


def _profiles_around_zvw(program: Program, form: str) -> None:
    """A new indication goes with new Wlz care."""
    new = flow_terms(form, "totaal", before=("geen_wlz",), after=_GETS_CARE)
    given = joined(*(profile_terms(form, moment, "totaal") for moment in ("tijdens", "binnen_2_weken_na")))
    program.between(0, joined(new, less(given)))


def _users(program: Program, form: str, year: int) -> None:
    """A user has begun a trajectory, here at most two of a form in a year; who has two kinds counts once in the total.

    What makes no trajectory is one stay a user.
    """
    mine = [kind for kind in all_kinds() if (kind.form, kind.year) == (form, year)]
    for kind in mine:
        if kind in kinds():
            each = {users(form, kind.category): 1.0}
            program.between(0, {begun(form, kind.category): 1.0, **less(each)})
            program.between(0, {begun(form, kind.category): -_AT_MOST_TWICE, **each})
    per_kind = {users(form, kind.category): 1.0 for kind in mine}
    total = {users(form, "totaal"): 1.0}
    program.between(0, joined(per_kind, less(total)))
    program.between(0, joined(total, dict.fromkeys(per_kind, -_MOSTLY_ONE_KIND)))
