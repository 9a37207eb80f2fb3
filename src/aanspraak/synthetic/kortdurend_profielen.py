"""Which care profile the indications of people around short-term care have, before and after."""

from dataclasses import dataclass

import numpy as np

from aanspraak.synthetic.arrays import Floats, Ints, spread
from aanspraak.synthetic.cells import FORMS, packages
from aanspraak.synthetic.kortdurend_cijfers import LASTING, trajectory_years
from aanspraak.synthetic.kortdurend_ijking import profile_counts
from aanspraak.synthetic.kortdurend_verblijven import Stays

NONE = -1

CARE_FORMS = {
    "verblijf_met_behandeling": ("zzp_incl",),
    "verblijf_zonder_behandeling": ("zzp_excl",),
    "thuis_met_wlz": ("vpt_incl", "vpt_excl", "mpt", "pgb"),
    "vv9_anders": ("mpt",),
}
"""The delivery forms that a state stands for."""


@dataclass(frozen=True)
class Profiles:
    """Per stay the package (index in `cells.packages`) of the indication before and after, `NONE` for none.

    `moment`: 0 an indication from before the stay, 1 one during it, 2 one after it (ELV and GRZ).
    """

    before: Ints
    after: Ints
    moment: Ints


def deal_around_zvw(stays: Stays, stock: Floats, scale: float, rng: np.random.Generator) -> Profiles:
    """Profiles around ELV and GRZ: who had Wlz care keeps the profile; who gets it has a new indication.

    That is given at a printed moment or, what the tables do not count, before. `stock`: clients per cell at full size.
    """
    empty = np.full(len(stays), NONE)
    result = Profiles(empty.copy(), empty.copy(), np.zeros(len(stays), dtype=np.int64))
    for form in ("elv", "grz"):
        mine = stays.of_form(form)
        for name in LASTING[:3]:
            rows = np.flatnonzero(mine & stays.in_states("before", name))
            result.before[rows] = result.after[rows] = from_stock(name, "vv", stock, len(rows), rng)
        gets = mine & stays.in_states("before", "geen_wlz") & stays.in_states("after", *LASTING)
        for year in trajectory_years():
            new = rng.permutation(np.flatnonzero(gets & (stays.year() == year)))
            during, later = (profile_counts(form, name, "totaal", year) for name in ("tijdens", "binnen_2_weken_na"))
            # That is the VV9b which follows on GRZ.
            later.pop("VV9", None)
            dealt = [as_packages(counts, scale, rng) for counts in (during, later)]
            rest = max(len(new) - sum(map(len, dealt)), 0)
            dealt.append(as_packages(later, rest / sum(later.values()), rng))
            result.after[new] = np.resize(np.concatenate(dealt), len(new))
            result.moment[new] = np.resize(np.repeat([1, 2, 0], list(map(len, dealt))), len(new))
    return result


def as_packages(counts: dict[str, float], scale: float, rng: np.random.Generator) -> Ints:
    """The package of every profile, `NONE` for geen, as often as counted times `scale`; in random order."""
    numbers = spread(np.array(list(counts.values())) * scale, rng)
    return rng.permutation(np.repeat([NONE if name == "geen" else profile_index(name) for name in counts], numbers))


def profile_index(profile: str) -> int:
    """VV5 and the like; other than VV stands for LG6, which the source names."""
    sector, number = ("lg", 6) if profile == "niet_vv" else ("vv", int(profile[2:]))
    (at,) = [at for at, package in enumerate(packages()) if (package.sector, package.profile) == (sector, number)]
    return at


def from_stock(state: str, wlz_sector: str, stock: Floats, count: int, rng: np.random.Generator) -> Ints:
    """Packages as the stock has them in the forms of this state."""
    per_package = stock.reshape(-1, len(FORMS))
    weight = per_package[:, [FORMS.index(form) for form in CARE_FORMS[state]]].sum(axis=1)
    fits = [p.wlz_sector == wlz_sector and p.takes_newcomers and p.months_valid is None for p in packages()]
    weight = weight * np.array(fits)
    return rng.choice(len(weight), count, p=weight / weight.sum())
