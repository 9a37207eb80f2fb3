"""The country as a whole and how far its municipalities lie apart: sections that other reports show too."""

from importlib.resources import files
from typing import Any

import duckdb
import yaml

from aanspraak.monitor.dutch import amount, count
from aanspraak.monitor.exhibit import Table
from aanspraak.monitor.regio.drawings import spread, trends
from aanspraak.monitor.regio.read import VEKTIS
from aanspraak.monitor.report import Block, Section
from aanspraak.monitor.trend import change, trend
from aanspraak.published import published

TEXT = yaml.safe_load((files(__package__) / "tekst.yaml").read_text(encoding="utf-8"))
KINDS: dict[str, dict[str, Any]] = VEKTIS["soorten"]
SOURCE = "open data van Vektis, bewerkt"


def national(con: duckdb.DuckDBPyConnection) -> Section:
    """The whole country: costs per insured year."""
    rows = rows_of(
        con, "SELECT soort, jaar, kosten, verzekerdejaren, kosten_per_verzekerdejaar FROM landelijk ORDER BY ALL"
    )
    drawn = [
        {"soort": name_of(kind), "jaar": year, "waarde": float(mean)}
        for name in KINDS
        for kind, year, _, _, mean in rows
        if kind == name
    ]
    title = "Kosten per verzekerd jaar (elk paneel heeft een eigen schaal)"
    table = Table(
        ("Soort zorg", "Jaar", "Kosten (miljoen €)", "Verzekerde jaren", "Kosten per verzekerd jaar (€)"),
        tuple(
            (name_of(kind), str(year), amount(total / 1_000_000, 1), count(insured), amount(mean))
            for kind, year, total, insured, mean in rows
        ),
        names=2,
    )
    years = {name: [(year, mean) for kind, year, *_, mean in rows if kind == name and mean] for name in KINDS}
    sentences = [trend(TEXT["landelijk"], years[name], amount, soort=name_of(name)) for name in KINDS if years[name]]
    block = Block("landelijk-kosten", title, table, SOURCE, trends("landelijk-kosten", title, drawn))
    return Section("landelijk", TEXT["landelijk"]["titel"], sentences, blocks=[block])


def spread_over_places(con: duckdb.DuckDBPyConnection) -> Section:
    """How far municipalities lie apart when age and sex are alike."""
    rows = rows_of(
        con,
        """SELECT soort, jaar, quantile_cont(verhouding, 0.1), median(verhouding), quantile_cont(verhouding, 0.9),
             count(*) FILTER (laag > 1), count(*) FILTER (hoog < 1), count(*), count(laag)
           FROM gemeentecijfers WHERE verhouding IS NOT NULL GROUP BY soort, jaar ORDER BY soort, jaar""",
    )
    title = "Verhouding tot landelijk: de middelste acht op de tien gemeenten (band) en de middelste (lijn)"
    drawn = [
        {"soort": name_of(kind), "jaar": year, "laag": float(low), "midden": float(mid), "hoog": float(high)}
        for name in KINDS
        for kind, year, low, mid, high, *_ in rows
        if kind == name
    ]
    table = Table(
        ("Soort zorg", "Jaar", "Een op de tien lager dan", "Middelste", "Een op de tien hoger dan",
         "Hele interval boven 1", "Hele interval onder 1", "Gemeenten"),
        tuple(
            (name_of(kind), str(year), amount(low), amount(mid), amount(high), *map(count, rest[:3]))
            for kind, year, low, mid, high, *rest in rows
        ),
        names=2,
    )  # fmt: skip
    newest = {row[0]: row for row in rows}
    sentences = [
        TEXT["spreiding"]["zin" if known else "zonder_interval"].format(
            soort=name_of(kind), jaar=year, p10=amount(low), p90=amount(high), boven=above, onder=below, alle=all_
        )
        for kind, year, low, _, high, above, below, all_, known in (newest[name] for name in KINDS if name in newest)
    ]
    block = Block("spreiding-verhouding", title, table, SOURCE, spread("spreiding-verhouding", title, drawn))
    return Section("spreiding", TEXT["spreiding"]["titel"], sentences, blocks=[block])


def comparison(con: duckdb.DuckDBPyConnection) -> Section:
    """The country beside published figures."""
    stated: dict[tuple[str, int], float] = {}
    for row in published("kortdurend_kosten"):
        if row["categorie"] == "totaal":
            stated[row["zorgvorm"], int(row["jaar"])] = float(row["kosten"])
    rows = [
        (kind, year, stated[KINDS[kind]["gepubliceerd"], year], float(total))
        for kind, year, total in rows_of(con, "SELECT soort, jaar, kosten FROM landelijk ORDER BY ALL")
        if (KINDS[kind].get("gepubliceerd"), year) in stated
    ]
    table = Table(
        ("Soort zorg", "Jaar", "Zorginstituut (€)", "Open data (€)", "Verschil"),
        tuple(
            (name_of(kind), str(year), count(there), count(here), change(here / there - 1))
            for kind, year, there, here in rows
        ),
        names=2,
    )
    text = list(TEXT["vergelijking"]["alineas"])
    if rows:
        kind, year, there, here = max(rows, key=lambda row: abs(row[3] / row[2] - 1))
        largest = change(here / there - 1)
        text.append(TEXT["vergelijking"]["zin"].format(grootste=largest, soort=name_of(kind), jaar=year))
    block = Block("vergelijking-kosten", "Kosten in het hele land", table, "Zorginstituut 2025, bijlage 5A")
    return Section("vergelijking", TEXT["vergelijking"]["titel"], text, blocks=[block])


def name_of(kind: str) -> str:
    """What a kind of care is called."""
    return str(KINDS[kind]["naam"])


def rows_of(con: duckdb.DuckDBPyConnection, query: str, given: list[Any] | None = None) -> list[tuple[Any, ...]]:
    """The rows of a query."""
    return con.execute(query, given).fetchall()
