"""Every published cell of short-term care beside what the monitor finds in the data set."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb

from aanspraak.claims.backends.duckdb import DuckDBBackend
from aanspraak.monitor.trajecten.compute import INPUTS, Choices, compute
from aanspraak.published import published


@dataclass(frozen=True)
class Cell:
    """`printed` and `found` are on the scale of the whole country; `printed` None is a number under ten."""

    name: tuple[str, ...]
    printed: float | None
    found: float
    tens: bool
    """Printed in tens."""

    def close(self, slack: float = 0) -> bool:
        """Within tens where the source prints those, else within 1%; at a small scale one person is a `slack`."""
        if self.printed is None:
            return self.found < 15 + slack
        return abs(self.found - self.printed) <= max(0.01 * self.printed, 10 if self.tens else 0.5) + slack


EXCEPTIONS: list[tuple[str, Callable[[Cell], bool]]] = [
    (
        "The categories of ELV 2021 add up to less than is included.",
        lambda cell: cell.name == ("trajecten", "elv", "totaal", "2021"),
    ),
    (
        "What follows Wlz crisis care in 2021 adds up to 4.160 trajectories; there were 3.997.",
        lambda cell: (
            cell.name[1] == "wlz_crisis" and cell.name[-1] == "2021" and 0.93 < cell.found / (cell.printed or 1) < 1
        ),
    ),
    (
        "The week before crisis care for GHZ in 2022 adds up to 540 trajectories; there were 619.",
        lambda cell: cell.name[:3] == ("week_voor", "wlz_crisis", "ghz") and cell.name[-1] == "2022",
    ),
    (
        "Where one trajectory follows on another, the tables of the two do not print the same; and what six groups and "
        "two margins print in tens does not fit exactly.",
        lambda cell: (
            cell.name[0] in ("week_voor", "twee_weken_na", "voor_na") and abs(cell.found - (cell.printed or 5)) <= 25
        ),
    ),
    (
        "Indications of 2018 are not in the source's register, of 2019 not all.",
        lambda cell: cell.name[0] == "indicaties" and cell.name[-1] in ("2018", "2019"),
    ),
    (
        "The source finds hardly any indication before crisis care for GHZ, also of people with Wlz care; here who has "
        "Wlz care has an indication.",
        lambda cell: cell.name[1:4] in (("wlz_crisis", w, p) for w in _MOMENTS for p in ("geen", "niet_vv")),
    ),
    (
        "A VV9 indication without VV9b would be another trajectory, and VV2 and VV3 are no longer given.",
        lambda cell: cell.name[0] == "indicaties" and cell.name[3] in ("VV2", "VV3", "VV9"),
    ),
    (
        "Who has Wlz care after VV9b or crisis care has an indication; the source has a little less.",
        lambda cell: (
            cell.name[:2] in (("indicaties", "vv9b"), ("indicaties", "wlz_crisis"))
            and abs(cell.found - (cell.printed or 0)) <= max(0.1 * (cell.printed or 0), 20)
        ),
    ),
    (
        "These have costs and users, but the source counts no trajectories of them.",
        lambda cell: cell.name[0] == "kosten" and cell.name[2] in ("coordinatie", "corona_cohort", "totaal"),
    ),
]
"""Published cells that the data set does not give, and why; everything else is within the tolerance."""

_MOMENTS = ("week_voor", "tot_en_met_2_weken_na")


def monitored(source: Path, scratch: Path) -> duckdb.DuckDBPyConnection:
    """The tables of the monitor over a Parquet data set."""
    backend, con = DuckDBBackend(scratch), duckdb.connect()
    try:
        inputs = {name: source / f"{name}.parquet" for name in INPUTS}
        for name in compute(backend, inputs, Choices(), scratch, scratch, lambda _: None):
            con.read_parquet(str(scratch / f"{name}.parquet")).create_view(name)
    finally:
        backend.close()
    return con


def cells(con: duckdb.DuckDBPyConnection, scale: float) -> Iterator[Cell]:
    """All tables of zin-2025 bijlage 5A but that of unique users, which is not calibrated."""
    begun = _found(con, "SELECT zorgvorm, categorie, jaar, gestart FROM inzet")
    done = _found(con, "SELECT zorgvorm, categorie, jaar, afgerond FROM inzet")
    for row in published("kortdurend_trajecten"):
        form, kind, year = row["zorgvorm"], row["categorie"], row["jaar"]
        found = done[form, "totaal", year] if kind == "geincludeerd" else begun.get((form, kind, year), 0)
        yield _cell(("trajecten", form, kind, year), row["trajecten"], found / scale, kind == "geincludeerd")

    states = {
        "week_voor": _found(con, "SELECT zorgvorm, categorie, jaar, week_voor, trajecten FROM week_voor"),
        "twee_weken_na": _found(con, "SELECT zorgvorm, categorie, jaar, twee_weken_na, trajecten FROM twee_weken_na"),
        "voor_na": _found(con, _SIX_GROUPS),
        "twee_weken_na_vanuit_thuis": _found(
            con,
            "SELECT zorgvorm, 'totaal', jaar, twee_weken_na, trajecten FROM voor_na WHERE week_voor = 'thuis_met_wlz'",
        ),
    }
    for row in published("kortdurend_voor_na"):
        form, kind, moment, year = row["zorgvorm"], row["categorie"], row["moment"], row["jaar"]
        here = {key[3]: value for key, value in states[moment].items() if key[:3] == (form, kind, year)}
        here["totaal"] = sum(here.values())
        here["totaal_wlz"] = here["totaal"] - here.get("geen_wlz", 0) - here.get("overleden", 0)
        yield _cell((moment, form, kind, row["toestand"], year), row["trajecten"], here.get(row["toestand"], 0) / scale)

    profiles = _found(con, "SELECT zorgvorm, moment, jaar, zorgprofiel, trajecten FROM indicaties")
    for row in published("kortdurend_indicaties"):
        form, moment, year, profile = row["zorgvorm"], row["moment"], row["jaar"], row["zorgprofiel"]
        here = {key[1:]: value for key, value in profiles.items() if key[0] == form and key[2] == year}
        if moment == "totaal":
            found = sum(value for key, value in here.items() if key[2] == "totaal")
        elif profile == "niet_vv":
            found = sum(
                v for k, v in here.items() if k[0] == moment and k[2] not in ("geen", "totaal") and k[2][:2] != "VV"
            )
        else:
            found = here.get((moment, year, profile), 0)
        yield _cell(("indicaties", form, moment, profile, year), row["trajecten"], found / scale)

    means = _found(con, "SELECT zorgvorm, categorie, jaar, gemiddelde_ligduur FROM ligduur")
    spreads = _found(con, "SELECT zorgvorm, categorie, jaar, sd FROM ligduur")
    for row in published("kortdurend_ligduur"):
        key = (row["zorgvorm"], row["categorie"], row["jaar"])
        yield _cell(("ligduur", *key), row["gemiddelde_ligduur"], means.get(key, 0), False)
        if row["sd"]:
            yield _cell(("sd", *key), row["sd"], spreads.get(key, 0), False)

    costs = _found(con, "SELECT zorgvorm, categorie, jaar, kosten FROM kosten")
    for row in published("kortdurend_kosten"):
        key = (row["zorgvorm"], row["categorie"], row["jaar"])
        yield _cell(("kosten", *key), row["kosten"], costs.get(key, 0) / scale, False)


_SIX_GROUPS = """
    SELECT zorgvorm, 'totaal', jaar,
           CASE WHEN week_voor = 'geen_wlz' THEN 'geen_wlz' WHEN twee_weken_na = 'geen_wlz' THEN 'wlz_vv9_crisis'
                ELSE 'wlz' END || '>' ||
           CASE WHEN twee_weken_na IN ('geen_wlz', 'overleden') THEN twee_weken_na ELSE 'wlz' END,
           sum(trajecten)
    FROM voor_na GROUP BY ALL
"""


def _found(con: duckdb.DuckDBPyConnection, query: str) -> dict[tuple[str, ...], float]:
    return {tuple(map(str, row[:-1])): float(row[-1] or 0) for row in con.execute(query).fetchall()}


def _cell(name: tuple[str, ...], printed: str, found: float, tens: bool = True) -> Cell:
    return Cell(name, None if printed == "<10" else float(printed), found, tens)
