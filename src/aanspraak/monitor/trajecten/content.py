"""What the report of the trajectories says, section by section."""

from collections.abc import Sequence
from importlib.resources import files

import duckdb
import yaml
from markupsafe import Markup

from aanspraak.monitor.claims_input import input_block
from aanspraak.monitor.dutch import amount, count, share
from aanspraak.monitor.exhibit import Exhibit, Table, wide
from aanspraak.monitor.report import Block, Report, Section, block, origin
from aanspraak.monitor.runner import Run
from aanspraak.monitor.trajecten.alluvial import draw, flows
from aanspraak.monitor.trajecten.beleid import (
    moved,
    moved_words,
    people,
    term,
    term_words,
    waiting,
    waiting_words,
)  # fmt: skip
from aanspraak.monitor.trajecten.compute import OPTIONS, Choices
from aanspraak.monitor.trajecten.figures import LABELS, least, ordered

_TEXT = yaml.safe_load((files(__package__) / "tekst.yaml").read_text(encoding="utf-8"))


def report(con: duckdb.DuckDBPyConnection, exhibits: dict[str, Exhibit], given: Run[Choices]) -> Report:
    """The report on the results behind `con`, with the views of the figures."""
    choices = given.choices
    years = [str(row[0]) for row in con.execute("SELECT DISTINCT jaar FROM inzet ORDER BY 1").fetchall()]
    facts = [
        origin(given.synthetic),
        ("Startjaren", f"{years[0]} tot en met {years[-1]}" if years else "geen"),
        ("Sluitdatum", str(choices.closing_date or f"{OPTIONS['venster_na']} dagen voor het einde van de gegevens")),
        ("Aansluiting", f"{choices.gap} dag" if choices.gap == 1 else f"{choices.gap} dagen"),
        ("Eens Wlz, altijd Wlz", _carried(choices)),
        ("Berekend met", given.engine),
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
        given.synthetic,
        facts,
        [
            Section("samenvatting", "Samenvatting", _summary(con)),
            method,
            *shown,
            _section("verschuiving", [moved(con)], moved_words(con), uitbreiding=f"{OPTIONS['uitbreiding_vv9b']:.0%}"),
            _section("termijn", [term(con)], term_words(con), termijn=str(OPTIONS["termijn_indicatie"])),
            _section("wachten", [waiting(con)], waiting_words(con)),
            _section("buiten", _left_out(con)),
            _section("invoer", [input_block(given)]),
        ],
    )


def _section(name: str, blocks: Sequence[Block], words: Sequence[str] = (), **given: str) -> Section:
    """`words` are what the figures show; `given` goes into the fixed text."""
    paragraphs = [text.format(**given) if given else text for text in _TEXT[name]["alineas"]]
    return Section(name, _TEXT[name]["titel"], [*paragraphs, *words], blocks=blocks)


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
        text = f"{LABELS[form]}: {people(end)} afgeronde trajecten die in {last} begonnen"
        if first != last and start >= least() and end >= least():
            text += f", tegen {count(start)} in {first} ({'+' if end >= start else ''}{share(end / start - 1)})"
        if open_ >= least():
            text += f"; {count(open_)} uit {last} eindigden na de sluitdatum en tellen niet mee"
        sentences.append(text + ".")
    home = con.execute(
        """SELECT sum(trajecten) FILTER (WHERE naar = 'geen_wlz'), sum(trajecten) FILTER (WHERE naar = 'overleden'),
                  sum(trajecten), getvariable('basisjaar') FROM uitstroom"""
    ).fetchall()[0]
    if home[2] and (home[0] or 0) >= least():
        sentences.append(
            f"Van alle afgeronde trajecten uit {home[3]} had {share(home[0] / home[2])} twee weken erna geen Wlz-zorg."
        )
    return sentences


def _left_out(con: duckdb.DuckDBPyConnection) -> list[Block]:
    lots = con.execute("SELECT zorgvorm, lot, regels, bedrag FROM correcties").fetchall()
    counts = con.execute("SELECT zorgvorm, telling, aantal FROM tellingen").fetchall()
    return [
        Block(
            "correcties-regels",
            "Declaratieregels",
            Table(
                ("Zorgvorm", "Wat ermee gebeurde", "Regels", "Bedrag (€)"),
                tuple((LABELS[f], LABELS[lot], count(n), amount(euros)) for f, lot, n, euros in ordered(lots, 0, 1)),
                names=2,
            ),
        ),
        Block(
            "tellingen-verblijven",
            "Verblijven",
            Table(
                ("Zorgvorm", "Telling", "Aantal"),
                tuple((LABELS[f], LABELS[name], count(n)) for f, name, n in ordered(counts, 0, 1)),
                names=2,
            ),
            "ZIN 2025, bijlage 5A, Methode",
        ),
    ]
