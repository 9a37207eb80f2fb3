"""What the report says, section by section; every sentence with a number is made from the figures."""

from collections.abc import Sequence
from importlib.resources import files
from typing import Any

import duckdb
import yaml

from aanspraak.monitor.dutch import amount, count
from aanspraak.monitor.exhibit import Table
from aanspraak.monitor.regio.drawings import dots, spread, trends
from aanspraak.monitor.regio.read import VEKTIS, Download
from aanspraak.monitor.report import Block, Report, Section
from aanspraak.monitor.trend import change, trend
from aanspraak.published import published

_TEXT = yaml.safe_load((files(__package__) / "tekst.yaml").read_text(encoding="utf-8"))
_KINDS: dict[str, dict[str, Any]] = VEKTIS["soorten"]
_SOURCE = "open data van Vektis, bewerkt"
_RANKED = 10


def report(con: duckdb.DuckDBPyConnection, downloads: Sequence[Download]) -> Report:
    """The report on the result tables behind `con`."""
    first, last = min(one.year for one in downloads), max(one.year for one in downloads)
    places = con.execute("SELECT count(DISTINCT gemeente) FROM gemeentecijfers WHERE jaar = ?", [last]).fetchall()[0][0]
    facts = [
        ("Gegevens", "open data van Vektis per gemeente"),
        ("Jaren", f"{first} tot en met {last}" if first < last else str(last)),
        ("Gemeenten", count(places)),
    ]
    method = Section("methode", _TEXT["methode"]["titel"], points=_TEXT["methode"]["punten"])
    sections = [national(con), spread_over_places(con), _ranking(con, last), _growth(con), comparison(con)]
    return Report(_TEXT["titel"], False, facts, [*sections, _everyone(con, last), method, _input(downloads)])


def national(con: duckdb.DuckDBPyConnection) -> Section:
    """The whole country: costs per insured year."""
    rows = _rows(
        con, "SELECT soort, jaar, kosten, verzekerdejaren, kosten_per_verzekerdejaar FROM landelijk ORDER BY ALL"
    )
    drawn = [
        {"soort": _name(kind), "jaar": year, "waarde": float(mean)}
        for name in _KINDS
        for kind, year, _, _, mean in rows
        if kind == name
    ]
    title = "Kosten per verzekerd jaar (elk paneel heeft een eigen schaal)"
    table = Table(
        ("Soort zorg", "Jaar", "Kosten (miljoen €)", "Verzekerde jaren", "Kosten per verzekerd jaar (€)"),
        tuple(
            (_name(kind), str(year), amount(total / 1_000_000, 1), count(insured), amount(mean))
            for kind, year, total, insured, mean in rows
        ),
        names=2,
    )
    years = {name: [(year, mean) for kind, year, *_, mean in rows if kind == name and mean] for name in _KINDS}
    sentences = [trend(_TEXT["landelijk"], years[name], amount, soort=_name(name)) for name in _KINDS if years[name]]
    block = Block("landelijk-kosten", title, table, _SOURCE, trends("landelijk-kosten", title, drawn))
    return Section("landelijk", _TEXT["landelijk"]["titel"], sentences, blocks=[block])


def spread_over_places(con: duckdb.DuckDBPyConnection) -> Section:
    """How far municipalities lie apart when age and sex are alike."""
    rows = _rows(
        con,
        """SELECT soort, jaar, quantile_cont(verhouding, 0.1), median(verhouding), quantile_cont(verhouding, 0.9),
             count(*) FILTER (laag > 1), count(*) FILTER (hoog < 1), count(*), count(laag)
           FROM gemeentecijfers WHERE verhouding IS NOT NULL GROUP BY soort, jaar ORDER BY soort, jaar""",
    )
    title = "Verhouding tot landelijk: de middelste acht op de tien gemeenten (band) en de middelste (lijn)"
    drawn = [
        {"soort": _name(kind), "jaar": year, "laag": float(low), "midden": float(mid), "hoog": float(high)}
        for name in _KINDS
        for kind, year, low, mid, high, *_ in rows
        if kind == name
    ]
    table = Table(
        ("Soort zorg", "Jaar", "Een op de tien lager dan", "Middelste", "Een op de tien hoger dan",
         "Hele interval boven 1", "Hele interval onder 1", "Gemeenten"),
        tuple(
            (_name(kind), str(year), amount(low), amount(mid), amount(high), *map(count, rest[:3]))
            for kind, year, low, mid, high, *rest in rows
        ),
        names=2,
    )  # fmt: skip
    newest = {row[0]: row for row in rows}
    sentences = [
        _TEXT["spreiding"]["zin" if known else "zonder_interval"].format(
            soort=_name(kind), jaar=year, p10=amount(low), p90=amount(high), boven=above, onder=below, alle=all_
        )
        for kind, year, low, _, high, above, below, all_, known in (newest[name] for name in _KINDS if name in newest)
    ]
    block = Block("spreiding-verhouding", title, table, _SOURCE, spread("spreiding-verhouding", title, drawn))
    return Section("spreiding", _TEXT["spreiding"]["titel"], sentences, blocks=[block])


def _ranking(con: duckdb.DuckDBPyConnection, last: int) -> Section:
    blocks = []
    for kind in _KINDS:
        rows = _rows(
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
        title = f"{_name(kind).capitalize()}, {last}"
        name = f"ranglijst-{kind}"
        blocks.append(Block(name, title, table, _SOURCE, dots(name, title, drawn)))
    text = [line.format(jaar=last) for line in _TEXT["ranglijst"]["alineas"]]
    return Section("ranglijst", _TEXT["ranglijst"]["titel"], text, blocks=blocks)


def _growth(con: duckdb.DuckDBPyConnection) -> Section:
    rows = {
        row[0]: row
        for row in _rows(
            con,
            """SELECT soort, van, tot, count(groei) FILTER (groei > 0), count(groei), quantile_cont(groei, 0.1),
                 median(groei), quantile_cont(groei, 0.9)
               FROM groei GROUP BY soort, van, tot HAVING count(groei) > 0""",
        )
    }
    known = [rows[name] for name in _KINDS if name in rows]
    sentences = [
        _TEXT["groei"]["zin"].format(
            soort=_name(kind), van=first, tot=last, meer=more, alle=all_, mediaan=change(middle)
        )
        for kind, first, last, more, all_, _, middle, _ in known
    ]
    table = Table(
        ("Soort zorg", "Jaren", "Gemeenten", "Een op de tien lager dan", "Middelste", "Een op de tien hoger dan"),
        tuple(
            (_name(kind), f"{first}–{last}", count(all_), change(low), change(middle), change(high))
            for kind, first, last, _, all_, low, middle, high in known
        ),
        names=2,
    )
    block = Block("groei-gemeenten", "Groei van de kosten per verzekerd jaar", table, _SOURCE)
    return Section("groei", _TEXT["groei"]["titel"], sentences, blocks=[block])


def comparison(con: duckdb.DuckDBPyConnection) -> Section:
    """The country beside published figures."""
    stated: dict[tuple[str, int], float] = {}
    for row in published("kortdurend_kosten"):
        if row["categorie"] == "totaal":
            stated[row["zorgvorm"], int(row["jaar"])] = float(row["kosten"])
    rows = [
        (kind, year, stated[_KINDS[kind]["gepubliceerd"], year], float(total))
        for kind, year, total in _rows(con, "SELECT soort, jaar, kosten FROM landelijk ORDER BY ALL")
        if (_KINDS[kind].get("gepubliceerd"), year) in stated
    ]
    table = Table(
        ("Soort zorg", "Jaar", "Zorginstituut (€)", "Open data (€)", "Verschil"),
        tuple(
            (_name(kind), str(year), count(there), count(here), change(here / there - 1))
            for kind, year, there, here in rows
        ),
        names=2,
    )
    text = list(_TEXT["vergelijking"]["alineas"])
    if rows:
        kind, year, there, here = max(rows, key=lambda row: abs(row[3] / row[2] - 1))
        largest = change(here / there - 1)
        text.append(_TEXT["vergelijking"]["zin"].format(grootste=largest, soort=_name(kind), jaar=year))
    block = Block("vergelijking-kosten", "Kosten in het hele land", table, "Zorginstituut 2025, bijlage 5A")
    return Section("vergelijking", _TEXT["vergelijking"]["titel"], text, blocks=[block])


def _everyone(con: duckdb.DuckDBPyConnection, last: int) -> Section:
    found: dict[str, dict[str, str]] = {}
    query = "SELECT gemeente, soort, verhouding, laag, hoog FROM gemeentecijfers WHERE jaar = ? ORDER BY gemeente"
    for place, kind, ratio, low, high in _rows(con, query, [last]):
        shown = "–" if ratio is None else amount(ratio) + (f" ({_interval(low, high)})" if low is not None else "")
        found.setdefault(place, {})[kind] = shown
    kinds = [kind for kind in _KINDS if any(kind in one for one in found.values())]
    table = Table(
        ("Gemeente", *(_name(kind) for kind in kinds)),
        tuple((place, *(one.get(kind, "–") for kind in kinds)) for place, one in found.items()),
    )
    text = [line.format(jaar=last) for line in _TEXT["gemeenten"]["alineas"]]
    block = Block("gemeenten-verhouding", f"Verhouding en interval, {last}", table, _SOURCE)
    return Section("gemeenten", _TEXT["gemeenten"]["titel"], text, blocks=[block])


def _input(downloads: Sequence[Download]) -> Section:
    rows = tuple((one.file.name, str(one.year), one.sha256, count(one.rows)) for one in downloads)
    table = Table(("Bestand", "Jaar", "SHA-256", "Regels"), rows, names=3)
    return Section("invoer", _TEXT["invoer"]["titel"], blocks=[Block("invoer-bestanden", "Bestanden", table)])


def _rows(con: duckdb.DuckDBPyConnection, query: str, given: list[Any] | None = None) -> list[tuple[Any, ...]]:
    return con.execute(query, given).fetchall()


def _name(kind: str) -> str:
    return str(_KINDS[kind]["naam"])


def _float(value: Any) -> float | None:
    return None if value is None else float(value)


def _interval(low: Any, high: Any) -> str:
    return "" if low is None else f"{amount(low)}–{amount(high)}"
