"""The code lists of the data set: the koppellijst (`prestaties`) and `zorgzwaartepakketten`.

The NZa lists of performance codes were not reachable, so every code is invented and starts with SYN; the one real code
is that of paramedical treatment, which a published table names.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from aanspraak.published import published
from aanspraak.synthetic.arrays import Ints
from aanspraak.synthetic.calibration import years
from aanspraak.synthetic.cells import FORMS, packages
from aanspraak.synthetic.sources import care_packages


@dataclass(frozen=True)
class Performance:
    """A row of the koppellijst."""

    code: str
    kind: str
    form: str | None = None
    treatment: str | None = None
    sector: str | None = None
    profile: int | None = None
    per_day: bool = False
    unit: str = "dag"
    from_year: int | None = None


def paramedical_treatment() -> dict[str, str]:
    """The published volume of paramedical treatment charged to the Wlz: prestatiecode, jaar, aantal, bedrag."""
    (row,) = published("paramedische_zorg_wlz")
    return row


def performances(assumptions: dict[str, Any]) -> list[Performance]:
    """The koppellijst; the day performances of zzp and vpt come first, see `day_performance`."""
    found = [
        Performance(
            f"SYN{'Z' if form == 'zzp' else 'V'}{package.sector.upper()}{package.profile:02}{treatment[0].upper()}",
            package.kind, form, treatment, package.sector, package.profile, per_day=True,
        )
        for package in packages()
        for form, treatment in (name.split("_") for name in FORMS if "_" in name)
    ]  # fmt: skip
    found += [Performance(code, "toeslag") for code in assumptions["toeslagen"]]
    modules = assumptions["modules"] | assumptions["behandeling_naast_exclusief"]
    found += [Performance(code, "modulair", "mpt", unit=module["eenheid"]) for code, module in modules.items()]
    found += [
        Performance(code, "crisis", sector=kind["sector"], per_day=True)
        for code, kind in assumptions["crisisprestaties"].items()
    ]
    found += [Performance(paramedical_treatment()["prestatiecode"], "modulair", "mpt", unit="onbekend")]
    found += [
        Performance(
            code, other["soort"], per_day=other["eenheid"] == "dag", unit=other["eenheid"],
            from_year=other.get("vanaf_jaar"),
        )
        for code, other in assumptions["overige_prestaties"].items()
    ]  # fmt: skip
    return found


@cache
def day_performance() -> Ints:
    """Per cell the index in `performances` of its day performance; -1 for mpt and pgb."""
    packaged = [form for form in FORMS if "_" in form]
    index = [
        at * len(packaged) + packaged.index(form) if form in packaged else -1
        for at in range(len(packages()))
        for form in FORMS
    ]
    return np.array(index)


def performance_rows(rows: list[Performance]) -> dict[str, list[Any]]:
    """Columns of `prestaties`; dates as text."""
    return {
        "prestatiecode": [row.code for row in rows],
        "soort": [row.kind for row in rows],
        "leveringsvorm": [row.form for row in rows],
        "behandeling": [row.treatment for row in rows],
        "sector": [row.sector for row in rows],
        "zorgprofiel": [row.profile for row in rows],
        "dagprestatie": [row.per_day for row in rows],
        "eenheid": [row.unit for row in rows],
        "geldig_van": [f"{row.from_year or years()[0]}-01-01" for row in rows],
        "geldig_tot": [None] * len(rows),
    }


def package_rows() -> dict[str, list[Any]]:
    """Columns of `zorgzwaartepakketten`."""
    rows = care_packages()
    return {
        "zorgzwaartepakket": [row["zorgzwaartepakket"] for row in rows],
        "sector": [row["sector"] for row in rows],
        "zorgprofiel": [int(row["zorgprofiel"]) for row in rows],
    }
