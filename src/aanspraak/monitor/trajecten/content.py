"""What the report of the trajectories says, section by section."""

from collections.abc import Sequence
from importlib.resources import files
from typing import Any

import duckdb
import yaml
from markupsafe import Markup

from aanspraak.claims.read import Source
from aanspraak.monitor.dutch import amount, count, share
from aanspraak.monitor.exhibit import Exhibit, Table, wide
from aanspraak.monitor.report import Block, Report, Section, block
from aanspraak.monitor.trajecten.alluvial import draw, flows
from aanspraak.monitor.trajecten.compute import OPTIONS, Choices
from aanspraak.monitor.trajecten.figures import LABELS

_TEXT = yaml.safe_load((files(__package__) / "tekst.yaml").read_text(encoding="utf-8"))


def report(
    con: duckdb.DuckDBPyConnection,
    exhibits: dict[str, Exhibit],
    sources: Sequence[Source],
    synthetic: bool,
    choices: Choices,
    engine: str,
) -> Report:
    """The report on the results behind `con` (see `figures.open_results`)."""
    years = [str(row[0]) for row in con.execute("SELECT DISTINCT jaar FROM inzet ORDER BY 1").fetchall()]
    facts = [
        ("Gegevens", "synthetisch: verzonnen, geen regel gaat over een echt mens" if synthetic else "declaraties"),
        ("Startjaren", f"{years[0]} tot en met {years[-1]}" if years else "geen"),
        ("Sluitdatum", str(choices.closing_date or f"{OPTIONS['venster_na']} dagen voor het einde van de gegevens")),
        ("Aansluiting", f"{choices.gap} dag" if choices.gap == 1 else f"{choices.gap} dagen"),
        ("Eens Wlz, altijd Wlz", _carried(choices)),
        ("Berekend met", engine),
    ]
    method = Section(
        "methode", _TEXT["methode"]["titel"], [*_TEXT["methode"]["alineas"], _TEXT["kleine_cellen"]],
        _TEXT["methode"]["punten"],
    )  # fmt: skip
    shown = [
        _section(name, [_drawn(exhibits[part]) for part in _TEXT[name]["delen"]])
        for name in ("stromen", "inzet", "uitstroom", "ligduur", "indicaties", "kosten")
    ]
    return Report(
        _TEXT["titel"],
        synthetic,
        facts,
        [
            Section("samenvatting", "Samenvatting", _summary(con)),
            method,
            *shown,
            _section("verschuiving", [_moved(con)], uitbreiding=share(OPTIONS["uitbreiding_vv9b"])),
            _section("termijn", [_term(con)], termijn=str(OPTIONS["termijn_indicatie"])),
            _section("wachten", [_waiting(con)]),
            _section("buiten", _left_out(con)),
            _section("invoer", [_input(sources)]),
        ],
    )


def _section(name: str, blocks: Sequence[Block], **given: str) -> Section:
    paragraphs = [text.format(**given) if given else text for text in _TEXT[name]["alineas"]]
    return Section(name, _TEXT[name]["titel"], paragraphs, blocks=blocks)


def _drawn(exhibit: Exhibit) -> Block:
    if exhibit.kind != "stroom":
        return block(exhibit)
    # draw() escapes the labels, and the rest is its own numbers
    drawing = Markup(draw(exhibit)) if flows(exhibit) else None  # noqa: S704
    return Block(exhibit.id, exhibit.title, wide(exhibit), exhibit.source, drawing)


def _carried(choices: Choices) -> str:
    return "bij " + ", ".join(LABELS[form] for form in OPTIONS["eens_wlz_altijd_wlz"]) if choices.once_wlz else "nee"


def _summary(con: duckdb.DuckDBPyConnection) -> list[str]:
    """Sentences that say what the figures show, of the first and last start year and of the base year."""
    found = con.execute(
        """SELECT zorgvorm, arg_min(jaar, jaar), arg_min(afgerond, jaar), arg_max(jaar, jaar), arg_max(afgerond, jaar),
                  arg_max(gestart - afgerond, jaar)
           FROM inzet WHERE categorie = 'totaal' GROUP BY zorgvorm"""
    ).fetchall()
    sentences = []
    for form, first, start, last, end, open_ in sorted(found, key=lambda row: list(LABELS).index(row[0])):
        text = f"{LABELS[form]}: {_people(end)} afgeronde trajecten die in {last} begonnen"
        if first != last and start >= _least() and end >= _least():
            text += f", tegen {count(start)} in {first} ({'+' if end >= start else ''}{share(end / start - 1)})"
        if open_ >= _least():
            text += f"; {count(open_)} uit {last} eindigden na de sluitdatum en tellen niet mee"
        sentences.append(text + ".")
    home = con.execute(
        """SELECT sum(trajecten) FILTER (WHERE naar = 'geen_wlz'), sum(trajecten) FILTER (WHERE naar = 'overleden'),
                  sum(trajecten), getvariable('basisjaar') FROM uitstroom"""
    ).fetchall()[0]
    if home[2] and (home[0] or 0) >= _least():
        sentences.append(
            f"Van alle afgeronde trajecten uit {home[3]} had {share(home[0] / home[2])} twee weken erna geen Wlz-zorg."
        )
    return sentences


def _moved(con: duckdb.DuckDBPyConnection) -> Block:
    rows = con.execute("SELECT * FROM grz_naar_vv9b").fetchall()
    columns = (
        "Startjaar", "Groep", "Trajecten", "Ligdagen", "Ligdagen bij de duur van VV9b", "VV9b-trajecten",
        "VV9b-ligdagen", "Meer trajecten", "Meer ligdagen",
    )  # fmt: skip
    shown = tuple(
        (
            str(year), LABELS[group], _people(number), *_if(number, days, count), *_if(number, same, count),
            _people(others), *_if(others, other_days, count), *_if(min(number, others or 0), more, share),
            *_if(min(number, others or 0), more_days, share),
        )
        for year, group, number, days, same, others, other_days, more, more_days in _ordered(rows, 1)
    )  # fmt: skip
    return Block("verschuiving-tabel", "GRZ-trajecten met Wlz, naast VV9b", Table(columns, shown, names=2))


def _term(con: duckdb.DuckDBPyConnection) -> Block:
    rows = con.execute("SELECT jaar, uitkomst, categorie, trajecten, dagen_te_laat FROM termijn_indicatie").fetchall()
    columns = ("Startjaar", "Uitkomst", "Crisiszorg", "Trajecten", "Dagen te laat, samen")
    shown = tuple(
        (str(year), LABELS[outcome], LABELS[kind], _people(number), *_if(number, late, count))
        for year, outcome, kind, number, late in _ordered(rows, 1)
    )
    return Block("termijn-tabel", "Wanneer het eerste besluit na opname is afgegeven", Table(columns, shown, names=3))


def _waiting(con: duckdb.DuckDBPyConnection) -> Block:
    rows = con.execute(
        "SELECT jaar, zorgvorm, naar, trajecten, met_indicatie, wachtdagen FROM wachten_op_plek"
    ).fetchall()
    columns = (
        "Startjaar", "Zorgvorm", "Naar", "Trajecten", "Met indicatie voor ontslag", "Dagen met indicatie, samen",
        "Gemiddeld",
    )  # fmt: skip
    shown = tuple(
        (
            str(year), LABELS[form], LABELS[to], _people(number), _people(known), *_if(known, days, count),
            *_if(known, known and days / known, _one_place),
        )
        for year, form, to, number, known, days in _ordered(rows, 1)
    )  # fmt: skip
    return Block("wachten-tabel", "Dagen met een indicatie, nog opgenomen (bovengrens)", Table(columns, shown, names=3))


def _left_out(con: duckdb.DuckDBPyConnection) -> list[Block]:
    lots = con.execute("SELECT zorgvorm, lot, regels, bedrag FROM correcties").fetchall()
    counts = con.execute("SELECT zorgvorm, telling, aantal FROM tellingen").fetchall()
    return [
        Block(
            "correcties-regels",
            "Declaratieregels",
            Table(
                ("Zorgvorm", "Wat ermee gebeurde", "Regels", "Bedrag (€)"),
                tuple((LABELS[f], LABELS[lot], count(n), amount(euros)) for f, lot, n, euros in _ordered(lots, 0, 1)),
                names=2,
            ),
        ),
        Block(
            "tellingen-verblijven",
            "Verblijven",
            Table(
                ("Zorgvorm", "Telling", "Aantal"),
                tuple((LABELS[f], LABELS[name], count(n)) for f, name, n in _ordered(counts, 0, 1)),
                names=2,
            ),
            "ZIN 2025, bijlage 5A, Methode",
        ),
    ]


def _input(sources: Sequence[Source]) -> Block:
    rows = tuple((one.file.name, one.sha256, count(one.rows)) for one in sources)
    return Block("invoer-bestanden", "Bestanden", Table(("Bestand", "SHA-256", "Regels"), rows, names=2))


def _ordered(rows: Sequence[tuple[Any, ...]], *labelled: int) -> list[tuple[Any, ...]]:
    """By every column, those at `labelled` in the order of the labels."""
    order = list(LABELS)
    return sorted(rows, key=lambda row: [order.index(v) if i in labelled else str(v) for i, v in enumerate(row)])


def _people(number: int | None) -> str:
    """A count of trajectories; a small one is not shown."""
    if number is None:
        return "–"
    return count(number) if number == 0 or number >= _least() else f"<{_least()}"


def _if(number: int | None, value: Any, written: Any) -> tuple[str]:
    """A value that rests on `number` trajectories, as one column."""
    return (written(value) if value is not None and (number or 0) >= _least() else "·",)


def _one_place(value: float) -> str:
    return amount(value, 1)


def _least() -> int:
    return int(OPTIONS["kleinste_cel"])
