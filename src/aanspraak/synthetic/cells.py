"""The cells that clients live in: a care package (sector and profile) times a delivery form.

Cell `k` is package `k // len(FORMS)` in form `k % len(FORMS)`.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np

from aanspraak.synthetic.arrays import Floats, Ints
from aanspraak.synthetic.sources import care_packages

FORMS = ("zzp_incl", "zzp_excl", "vpt_incl", "vpt_excl", "mpt", "pgb")
"""The six values of `bekostiging`, from the most to the least complete package."""


@dataclass(frozen=True)
class Package:
    """A zorgzwaartepakket (COD163) that this data set uses."""

    code: str
    sector: str
    profile: int
    takes_newcomers: bool
    allows_pgb: bool
    months_valid: int | None
    kind: str
    """The `soort` of its day performance in the koppellijst."""

    @property
    def wlz_sector(self) -> str:
        return "vv" if self.sector == "vv" else "ghz"

    @property
    def name(self) -> str:
        return f"{self.sector} {self.profile}"


@cache
def packages() -> tuple[Package, ...]:
    """The packages in use, ordered by sector and profile."""
    found = [
        Package(
            row["zorgzwaartepakket"],
            row["sector"],
            int(row["zorgprofiel"]),
            row["nieuwe_instroom"] == "ja",
            row["pgb"] == "ja",
            int(row["geldigheid_maanden"]) if row["geldigheid_maanden"] else None,
            row["soort"],
        )
        for row in care_packages()
        if row["synthetisch"] == "ja"
    ]
    return tuple(sorted(found, key=lambda package: (package.sector, package.profile)))


def package_of(cell: Ints) -> Ints:
    return cell // len(FORMS)


def form_of(cell: Ints) -> Ints:
    return cell % len(FORMS)


def cell_index(package: int, form: str) -> int:
    return package * len(FORMS) + FORMS.index(form)


def cells_in(wlz_sector: str, form: str) -> Ints:
    """The cells of one delivery form in vv or ghz, in order of sector and profile."""
    return np.array([cell_index(at, form) for at, package in enumerate(packages()) if package.wlz_sector == wlz_sector])


def per_form(values: dict[str, float], rest: float = 0.0) -> Floats:
    """A value for every cell from a value per form."""
    return np.tile([values.get(form, rest) for form in FORMS], len(packages()))
