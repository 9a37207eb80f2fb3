"""What the report says, section by section; every sentence with a number is made from the figures."""

from collections.abc import Mapping, Sequence
from typing import Any

import duckdb

from aanspraak.monitor.dutch import amount, count
from aanspraak.monitor.exhibit import Table
from aanspraak.monitor.regio.drawings import dots
from aanspraak.monitor.regio.overview import (
    KINDS,
    SOURCE,
    TEXT,
    comparison,
    name_of,
    national,
    rows_of,
    spread_over_places,
)
from aanspraak.monitor.report import Block, Report, Section
from aanspraak.monitor.trend import change

_RANKED = 10


def report(con: duckdb.DuckDBPyConnection, downloads: Sequence[Mapping[str, Any]]) -> Report:
    """The report on the result tables behind `con`; `downloads` as the manifest has them."""
    first, last = min(one["jaar"] for one in downloads), max(one["jaar"] for one in downloads)
    places = con.execute("SELECT count(DISTINCT gemeente) FROM gemeentecijfers WHERE jaar = ?", [last]).fetchall()[0][0]
    facts = [
        ("Gegevens", "open data van Vektis per gemeente"),
        ("Jaren", f"{first} tot en met {last}" if first < last else str(last)),
        ("Gemeenten", count(places)),
    ]
    method = Section("methode", TEXT["methode"]["titel"], points=TEXT["methode"]["punten"])
    sections = [national(con), spread_over_places(con), _ranking(con, last), _growth(con), comparison(con)]
    return Report(TEXT["titel"], False, facts, [*sections, _everyone(con, last), method, _input(downloads)])


def _ranking(con: duckdb.DuckDBPyConnection, last: int) -> Section:
    blocks = []
    for kind in KINDS:
        rows = rows_of(
            con,
            """SELECT gemeente, verhouding, laag, hoog, verzekerdejaren, kosten_per_verzekerdejaar
               FROM gemeentecijfers WHERE soort = ? AND jaar = ? AND verhouding IS NOT NULL
               ORDER BY verhouding DESC, gemeente""",
            [kind, last],
        )
        if not rows:
            continue
        shown = rows if len(rows) <= 2 * _RANKED else [*rows[:_RANKED], *rows[-_RANKED:]]
        drawn = [
            {"gemeente": place, "verhouding": float(ratio), "laag": _float(low), "hoog": _float(high)}
            for place, ratio, low, high, *_ in shown
        ]
        table = Table(
            ("Gemeente", "Verhouding", "Interval", "Verzekerde jaren", "Kosten per verzekerd jaar (€)"),
            tuple(
                (place, amount(ratio), _interval(low, high), count(insured), amount(mean))
                for place, ratio, low, high, insured, mean in shown
            ),
        )
        title = f"{name_of(kind).capitalize()}, {last}"
        name = f"ranglijst-{kind}"
        blocks.append(Block(name, title, table, SOURCE, dots(name, title, drawn)))
    text = [line.format(jaar=last) for line in TEXT["ranglijst"]["alineas"]]
    return Section("ranglijst", TEXT["ranglijst"]["titel"], text, blocks=blocks)


def _growth(con: duckdb.DuckDBPyConnection) -> Section:
    rows = {
        row[0]: row
        for row in rows_of(
            con,
            """SELECT soort, van, tot, count(groei) FILTER (groei > 0), count(groei), quantile_cont(groei, 0.1),
                 median(groei), quantile_cont(groei, 0.9)
               FROM groei GROUP BY soort, van, tot HAVING count(groei) > 0""",
        )
    }
    known = [rows[name] for name in KINDS if name in rows]
    sentences = [
        TEXT["groei"]["zin"].format(
            soort=name_of(kind), van=first, tot=last, meer=more, alle=all_, mediaan=change(middle)
        )
        for kind, first, last, more, all_, _, middle, _ in known
    ]
    table = Table(
        ("Soort zorg", "Jaren", "Gemeenten", "Een op de tien lager dan", "Middelste", "Een op de tien hoger dan"),
        tuple(
            (name_of(kind), f"{first}–{last}", count(all_), change(low), change(middle), change(high))
            for kind, first, last, _, all_, low, middle, high in known
        ),
        names=2,
    )
    block = Block("groei-gemeenten", "Groei van de kosten per verzekerd jaar", table, SOURCE)
    return Section("groei", TEXT["groei"]["titel"], sentences, blocks=[block])


def _everyone(con: duckdb.DuckDBPyConnection, last: int) -> Section:
    found: dict[str, dict[str, str]] = {}
    query = "SELECT gemeente, soort, verhouding, laag, hoog FROM gemeentecijfers WHERE jaar = ? ORDER BY gemeente"
    for place, kind, ratio, low, high in rows_of(con, query, [last]):
        shown = "–" if ratio is None else amount(ratio) + (f" ({_interval(low, high)})" if low is not None else "")
        found.setdefault(place, {})[kind] = shown
    kinds = [kind for kind in KINDS if any(kind in one for one in found.values())]
    table = Table(
        ("Gemeente", *(name_of(kind) for kind in kinds)),
        tuple((place, *(one.get(kind, "–") for kind in kinds)) for place, one in found.items()),
    )
    text = [line.format(jaar=last) for line in TEXT["gemeenten"]["alineas"]]
    block = Block("gemeenten-verhouding", f"Verhouding en interval, {last}", table, SOURCE)
    return Section("gemeenten", TEXT["gemeenten"]["titel"], text, blocks=[block])


def _input(downloads: Sequence[Mapping[str, Any]]) -> Section:
    rows = tuple((one["bestand"], str(one["jaar"]), one["sha256"], count(one["rijen"])) for one in downloads)
    table = Table(("Bestand", "Jaar", "SHA-256", "Regels"), rows, names=3)
    return Section("invoer", TEXT["invoer"]["titel"], blocks=[Block("invoer-bestanden", "Bestanden", table)])


def _float(value: Any) -> float | None:
    return None if value is None else float(value)


def _interval(low: Any, high: Any) -> str:
    return "" if low is None else f"{amount(low)}–{amount(high)}"
