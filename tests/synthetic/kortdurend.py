"""Every published cell of short-term care beside what the monitor finds in the data set.

`python -m tests.synthetic.kortdurend MAP` tells it of a data set in Parquet.
"""

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from aanspraak.claims.backends.duckdb import DuckDBBackend
from aanspraak.monitor.trajecten.compute import INPUTS, Choices, compute
from aanspraak.published import published
from tests.synthetic.kortdurend_uitzonderingen import CONTRADICTIONS, NO_TRAJECTORIES


@dataclass(frozen=True)
class Cell:
    """`printed` and `found` are on the scale of the whole country; `printed` None is a number under ten."""

    name: tuple[str, ...]
    printed: float | None
    found: float
    tens: bool
    """Printed in tens, or a number of people, which may differ as much."""

    def close(self, slack: float = 0) -> bool:
        """Within tens or 1%; at a small scale one person is a `slack`."""
        if self.printed is None:
            return self.found < 15 + slack
        return abs(self.found - self.printed) <= max(0.01 * self.printed, 10 if self.tens else 0.5) + slack


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
    """All tables of zin-2025 bijlage 5A."""
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

    users = _found(con, "SELECT zorgvorm, categorie, jaar, unieke_gebruikers FROM kosten")
    for row in published("kortdurend_gebruikers"):
        key = (row["zorgvorm"], row["categorie"], row["jaar"])
        yield _cell(("gebruikers", *key), row["unieke_gebruikers"], users.get(key, 0) / scale)


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


def account(directory: Path) -> Iterator[str]:
    """How many cells a data set gives, and which not."""
    scale = json.loads((directory / "manifest.json").read_text("utf-8"))["schaal"]
    with TemporaryDirectory() as scratch:
        everything = list(cells(monitored(directory, Path(scratch)), scale))
    far = [cell for cell in everything if not cell.close()]
    yield f"{len(everything) - len(far)} van {len(everything)} cellen binnen tientallen of 1%"
    for cell in far:
        known = any(cell.name in each.cells for each in (*CONTRADICTIONS, NO_TRAJECTORIES))
        reason = "" if known else ", zonder bekende reden"
        yield f"{' '.join(cell.name)}: gedrukt {cell.printed:.0f}, gevonden {cell.found:.0f}{reason}"


if __name__ == "__main__":
    sys.stdout.writelines(f"{line}\n" for line in account(Path(sys.argv[1])))
