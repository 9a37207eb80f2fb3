"""The tables of the report that answer questions of policy; what each counts is in the step that computes it."""

from typing import Any

import duckdb

from aanspraak.monitor.dutch import amount, count, share
from aanspraak.monitor.exhibit import Table
from aanspraak.monitor.report import Block
from aanspraak.monitor.trajecten.figures import LABELS, least, ordered


def moved(con: duckdb.DuckDBPyConnection) -> Block:
    rows = con.execute("SELECT * FROM grz_naar_vv9b").fetchall()
    columns = (
        "Startjaar", "Groep", "Trajecten", "Ligdagen", "Ligdagen bij de duur van VV9b", "VV9b-trajecten",
        "VV9b-ligdagen", "Meer trajecten", "Meer ligdagen",
    )  # fmt: skip
    shown = tuple(
        (
            str(year), LABELS[group], people(number), *_if(number, days, count), *_if(number, same, count),
            people(others), *_if(others, other_days, count), *_if(min(number, others or 0), more, share),
            *_if(min(number, others or 0), more_days, share),
        )
        for year, group, number, days, same, others, other_days, more, more_days in ordered(rows, 1)
    )  # fmt: skip
    return Block("verschuiving-tabel", "GRZ-trajecten met Wlz, naast VV9b", Table(columns, shown, names=2))


def term(con: duckdb.DuckDBPyConnection) -> Block:
    rows = con.execute("SELECT jaar, uitkomst, categorie, trajecten, dagen_te_laat FROM termijn_indicatie").fetchall()
    columns = ("Startjaar", "Uitkomst", "Crisiszorg", "Trajecten", "Dagen te laat, samen")
    shown = tuple(
        (str(year), LABELS[outcome], LABELS[kind], people(number), *_if(number, late, count))
        for year, outcome, kind, number, late in ordered(rows, 1)
    )
    return Block("termijn-tabel", "Wanneer het eerste besluit na opname is afgegeven", Table(columns, shown, names=3))


def waiting(con: duckdb.DuckDBPyConnection) -> Block:
    rows = con.execute(
        "SELECT jaar, zorgvorm, naar, trajecten, met_indicatie, wachtdagen FROM wachten_op_plek"
    ).fetchall()
    columns = (
        "Startjaar", "Zorgvorm", "Naar", "Trajecten", "Met indicatie voor ontslag", "Dagen met indicatie, samen",
        "Gemiddeld",
    )  # fmt: skip
    shown = tuple(
        (
            str(year), LABELS[form], LABELS[to], people(number), people(known), *_if(known, days, count),
            *_if(known, known and days / known, _one_place),
        )
        for year, form, to, number, known, days in ordered(rows, 1)
    )  # fmt: skip
    return Block("wachten-tabel", "Dagen met een indicatie, nog opgenomen (bovengrens)", Table(columns, shown, names=3))


def moved_words(con: duckdb.DuckDBPyConnection) -> list[str]:
    """What the table says of the base year, where enough trajectories carry it; so too the next two."""
    rows = con.execute(
        """SELECT jaar, trajecten, ligdagen, toename_trajecten, toename_ligdagen FROM grz_naar_vv9b
           WHERE groep = 'met_wlz_zorg' AND jaar = getvariable('basisjaar')
             AND least(trajecten, vv9b_trajecten) >= getvariable('kleinste_cel')"""
    ).fetchall()
    return [
        f"Van de GRZ-trajecten uit {year} begonnen er {count(number)} met Wlz-zorg, met {count(days)} ligdagen. Dat is"
        f" {share(more)} van de VV9b-trajecten en {share(more_days)} van hun ligdagen."
        for year, number, days, more, more_days in rows
    ]


def term_words(con: duckdb.DuckDBPyConnection) -> list[str]:
    rows = con.execute(
        """SELECT jaar, sum(trajecten), coalesce(sum(trajecten) FILTER (WHERE uitkomst = 'binnen_termijn'), 0),
                  coalesce(sum(trajecten) FILTER (WHERE uitkomst = 'na_termijn'), 0), sum(dagen_te_laat)
           FROM termijn_indicatie WHERE jaar = getvariable('basisjaar') GROUP BY jaar"""
    ).fetchall()
    return [
        f"Van de {count(number)} crisistrajecten uit {year} zonder Wlz-zorg en zonder bekende indicatie kreeg"
        f" {share(in_time / number)} binnen de termijn een besluit en {share(late / number)} later, samen"
        f" {count(days)} dagen te laat."
        for year, number, in_time, late, days in rows
        if min(in_time, late) >= least()
    ]


def waiting_words(con: duckdb.DuckDBPyConnection) -> list[str]:
    rows = con.execute(
        """SELECT jaar, sum(trajecten), sum(met_indicatie), sum(wachtdagen)
           FROM wachten_op_plek WHERE jaar = getvariable('basisjaar') GROUP BY jaar"""
    ).fetchall()
    return [
        f"Uit {year} gingen {count(number)} ELV- en GRZ-trajecten naar een Wlz-instelling. Bij {count(known)} was voor"
        f" het ontslag een indicatie bekend; zij bleven daarna samen nog {count(days)} dagen."
        for year, number, known, days in rows
        if known >= least()
    ]


def people(number: int | None) -> str:
    """A count of trajectories; a small one is not shown."""
    if number is None:
        return "–"
    return count(number) if number == 0 or number >= least() else f"<{least()}"


def _if(number: int | None, value: Any, written: Any) -> tuple[str]:
    """A value that rests on `number` trajectories, as one column."""
    return (written(value) if value is not None and (number or 0) >= least() else "·",)


def _one_place(value: float) -> str:
    return amount(value, 1)
