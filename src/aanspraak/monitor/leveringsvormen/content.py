"""What the report of the delivery forms says, section by section."""

from collections.abc import Sequence
from importlib.resources import files
from typing import Any

import duckdb
import yaml

from aanspraak.monitor.claims_input import input_block
from aanspraak.monitor.dutch import amount, count, share
from aanspraak.monitor.exhibit import Exhibit, Table
from aanspraak.monitor.leveringsvormen.compute import OPTIONS, MptDagen
from aanspraak.monitor.leveringsvormen.figures import LABELS
from aanspraak.monitor.leveringsvormen.published import compare, compare_paramedical
from aanspraak.monitor.report import Block, Report, Section, block, origin
from aanspraak.monitor.runner import Run

_TEXT = yaml.safe_load((files(__package__) / "tekst.yaml").read_text(encoding="utf-8"))


def report(con: duckdb.DuckDBPyConnection, exhibits: dict[str, Exhibit], given: Run[MptDagen]) -> Report:
    """The report on the results behind `con`, with the views of the figures."""
    years = [str(row[0]) for row in con.execute("SELECT DISTINCT jaar FROM clienten_per_jaar ORDER BY 1").fetchall()]
    facts = [
        origin(given.synthetic),
        ("Jaren", f"{years[0]} tot en met {years[-1]}" if years else "geen"),
        *(("Let op", warning) for warning in incomplete_years(con)),
        ("Dagen bij mpt", _TEXT["mpt_dagen"][given.choices]),
        ("Berekend met", given.engine),
    ]
    method = Section("methode", _TEXT["methode"]["titel"], _TEXT["methode"]["alineas"], _TEXT["methode"]["punten"])
    figures = [
        _section(name, [block(exhibits[part]) for part in _TEXT[name]["delen"]])
        for name in ("clienten", "uitgaven", "profielen", "per_dag")
    ]
    return Report(
        _TEXT["titel"],
        given.synthetic,
        facts,
        [
            method,
            _section("correcties", _corrections(con)),
            *figures,
            _section("paramedisch", _paramedical(con)),
            _section("specifiek", [_specific(con)]),
            _comparison(con, given.synthetic),
            _section("invoer", [input_block(given)]),
        ],
    )


def incomplete_years(con: duckdb.DuckDBPyConnection) -> list[str]:
    """A warning for every year with months in which nobody is: a client weighs a twelfth a month, so too little."""
    months = """SELECT year(maand), 12 - count(DISTINCT maand) AS lacking FROM clientmaanden
                GROUP BY 1 HAVING lacking > 0 ORDER BY 1"""
    return [
        f"{year} mist {lacking} {'maand' if lacking == 1 else 'maanden'}; gewogen cliënten en uitgaven van dat jaar"
        " zijn te laag."
        for year, lacking in con.execute(months).fetchall()
    ]


def _section(name: str, blocks: Sequence[Block]) -> Section:
    return Section(name, _TEXT[name]["titel"], _TEXT[name]["alineas"], blocks=blocks)


def _corrections(con: duckdb.DuckDBPyConnection) -> list[Block]:
    lots = con.execute("SELECT bestand, lot, regels, bedrag FROM correcties ORDER BY bestand, regels DESC").fetchall()
    counts = con.execute("SELECT telling, aantal, bedrag FROM tellingen ORDER BY telling").fetchall()
    known = list(LABELS)
    return [
        Block(
            "correcties-regels",
            "Regels",
            Table(
                ("Bestand", "Wat ermee gebeurde", "Regels", "Bedrag (€)"),
                tuple((LABELS[file], LABELS[lot], count(rows), _euro(sum_)) for file, lot, rows, sum_ in lots),
                names=2,
            ),
            "NZa 2023, bijlage 3, 1.1",
        ),
        Block(
            "correcties-clientmaanden",
            "Cliëntmaanden",
            Table(
                ("Telling", "Aantal", "Bedrag (€)"),
                tuple(
                    (LABELS[name], count(number), _euro(sum_))
                    for name, number, sum_ in sorted(counts, key=lambda row: known.index(row[0]))
                ),
            ),
        ),
    ]


def _paramedical(con: duckdb.DuckDBPyConnection) -> list[Block]:
    zvw = con.execute("SELECT * FROM paramedische_zorg_zvw ORDER BY jaar, leveringsvorm").fetchall()
    wlz = con.execute("SELECT * FROM paramedische_zorg_wlz ORDER BY jaar, prestatiecode, leveringsvorm").fetchall()
    totals = con.execute(
        """SELECT prestatiecode, jaar, sum(aantal), sum(bedrag) FROM paramedische_zorg_wlz
           WHERE leveringsvorm IS DISTINCT FROM 'verblijf_met_behandeling' GROUP BY ALL ORDER BY jaar, prestatiecode"""
    ).fetchall()
    return [
        Block(
            "paramedisch-zvw",
            "Cliënten met paramedische zorg uit de Zvw",
            Table(
                ("Leveringsvorm", "Jaar", "Cliënten", "Met paramedische zorg", "Aandeel"),
                tuple(
                    (LABELS[form], str(year), _people(all_), _people(with_), share(part) if with_ >= _least() else "·")
                    for form, year, all_, with_, part in zvw
                ),
            ),
            "Significant 2022, tabel 2 (mpt en pgb toegevoegd)",
        ),
        Block(
            "paramedisch-wlz",
            "Paramedische behandeling uit de Wlz, alle leveringsvormen behalve verblijf met behandeling",
            Table(
                ("Prestatie", "Jaar", "Aantal prestaties", "Bedrag (€)"),
                tuple((code, str(year), count(number), _euro(sum_)) for code, year, number, sum_ in totals),
            ),
            "Significant 2022, tabel 3",
        ),
        Block(
            "paramedisch-wlz-vorm",
            "Paramedische behandeling uit de Wlz, per leveringsvorm",
            Table(
                ("Prestatie", "Leveringsvorm", "Jaar", "Cliënten", "Aantal prestaties", "Bedrag (€)"),
                tuple(
                    (code, LABELS[form] if form else "onbekend", str(year), _people(n), count(number), _euro(sum_))
                    for code, form, year, n, number, sum_ in wlz
                ),
                names=2,
            ),
        ),
    ]


def _specific(con: duckdb.DuckDBPyConnection) -> Block:
    rows = con.execute(
        """SELECT jaar, sector, bekostiging, clienten_met_paramedische_zorg_zvw, zonder_paramedische_zorg_wlz
           FROM algemeen_of_specifiek WHERE jaar = getvariable('basisjaar') ORDER BY ALL"""
    ).fetchall()
    columns = ("Sector", "Bekostiging", "Jaar", "Paramedische zorg uit de Zvw", "Zonder uit de Wlz (bovengrens)")
    shown = tuple(
        (LABELS[sector] if sector else "onbekend", LABELS[form], str(year), _people(all_), _people(without))
        for year, sector, form, all_, without in rows
    )
    return Block("specifiek-bovengrens", "Bovengrens per sector en bekostiging", Table(columns, shown, names=2))


def _comparison(con: duckdb.DuckDBPyConnection, synthetic: bool) -> Section:
    text = _TEXT["vergelijking"]
    if synthetic:
        return Section("vergelijking", text["titel"], text["synthetisch"])
    columns = ("Bron", "Sector", "Bekostiging", "Zorgprofiel", "Jaar", "Gepubliceerd", "Berekend", "Verschil")
    rows = tuple(
        (
            row.source, LABELS[row.sector], LABELS[row.form] if row.form else "alle",
            str(row.profile) if row.profile else "alle", str(row.year), count(row.published), _people(row.computed),
            share(row.computed / row.published - 1) if row.computed >= _least() else "·",
        )
        for row in compare(con)
    )  # fmt: skip
    care = tuple(
        (
            row.source, LABELS[row.what], LABELS.get(row.of, row.of), str(row.year), count(row.published),
            _people(row.computed), share(row.computed / row.published - 1) if row.computed >= _least() else "·",
        )
        for row in compare_paramedical(con)
    )  # fmt: skip
    care_columns = ("Bron", "Wat", "Leveringsvorm of prestatie", "Jaar", "Gepubliceerd", "Berekend", "Verschil")
    return Section(
        "vergelijking",
        text["titel"],
        text["echt"],
        blocks=[
            Block("vergelijking-clienten", "Gewogen cliënten", Table(columns, rows, names=4)),
            Block("vergelijking-paramedisch", "Paramedische zorg", Table(care_columns, care, names=3)),
        ],
    )


def _people(number: Any) -> str:
    """A count of clients; a small one is not shown."""
    return count(number) if number == 0 or number >= _least() else f"<{_least()}"


def _least() -> int:
    return int(OPTIONS["kleinste_cel"])


def _euro(value: Any) -> str:
    return "" if value is None else amount(value)
