"""Tiny publications, rounded to fours instead of tens, and an attacker who tries every possibility."""

from collections.abc import Sequence
from itertools import product
from pathlib import Path

import duckdb
import numpy as np
from numpy.typing import NDArray

from aanspraak.monitor.publication.cells import Cells, Place, build
from aanspraak.monitor.publication.margins import Margins, compute
from aanspraak.monitor.publication.tables import Key, Measure, PublicationSet, PublishedTable

STEP = 4
"""Counts under four are suppressed, and counts are rounded to fours."""

Rows = dict[Key, int]
"""The finest cells, by the values of all dimensions."""


def a_set(
    tables: Sequence[tuple[str, ...]], step: int = STEP, *more: Measure, joint: Sequence[tuple[str, ...]] = ()
) -> PublicationSet:
    """The sum of column n in these tables, and `more` measures in all of them."""
    measures = {one.name: one for one in (Measure("aantal", "telling", "sum(n)", step), *more)}
    shown = tuple(PublishedTable(" ".join(one), "", "", one, tuple(measures), None, ()) for one in tables)
    return PublicationSet("", (), {"": "SELECT * FROM rijen"}, measures, shown, {}, {}, tuple(joint))


def margins(wanted: PublicationSet, dimensions: tuple[str, ...], rows: Rows) -> Margins:
    with duckdb.connect() as con:
        con.execute(f"CREATE TABLE rijen ({', '.join(f'{name} VARCHAR' for name in dimensions)}, n INTEGER)")
        for key, n in rows.items():
            con.execute(f"INSERT INTO rijen VALUES ({', '.join('?' * (len(key) + 1))})", [*key, n])
        return compute(con, wanted)


def built(
    tables: Sequence[tuple[str, ...]],
    dimensions: tuple[str, ...],
    rows: Rows,
    step: int = STEP,
    joint: Sequence[tuple[str, ...]] = (),
) -> Cells:
    wanted = a_set(tables, step, joint=joint)
    return build(wanted, margins(wanted, dimensions, rows), {})


def units(cells: Cells) -> dict[Place, int]:
    """The unit of every cell of every table."""
    return {(tuple(table.split()), key): unit for (table, key), unit in cells.units.rows.items()}


def brute_force(
    tables: Sequence[tuple[str, ...]],
    dimensions: tuple[str, ...],
    rows: Rows,
    cells: Cells,
    suppressed: NDArray[np.bool_],
    most: int,
) -> dict[Place, tuple[int, int]]:
    """What every suppressed cell can be, by trying all whole numbers up to `most` in the finest cells.

    A finest cell that no table shows to be zero can be anything. Shares no code with the attack: a candidate stands
    when it would have been published as the true numbers were.
    """
    seen = {table: {tuple(key[dimensions.index(name)] for name in table) for key in rows} for table in tables}
    keys = [
        key
        for key in product(*(dict.fromkeys(key[i] for key in rows) for i in range(len(dimensions))))
        if all(tuple(key[dimensions.index(name)] for name in table) in seen[table] for table in tables)
    ]
    grid = np.indices((most + 1,) * len(keys), dtype=np.int16).reshape(len(keys), -1).T
    true = np.array([rows.get(key, 0) for key in keys])
    stands = np.ones(len(grid), bool)
    values: dict[Place, NDArray[np.int64]] = {}
    for table in tables:
        at = [dimensions.index(name) for name in table]
        for key in dict.fromkeys(tuple(one[i] for i in at) for one in keys):
            own = np.array([tuple(one[i] for i in at) == key for one in keys])
            n, there = grid @ own, int(true @ own)
            unit = cells.units.rows[" ".join(table), key]
            if not suppressed[unit]:
                stands &= (n >= STEP) & (_rounded(n) == _rounded(np.array([there]))[0])
                continue
            values[table, key] = n
            marked = not suppressed[cells.units.marks.get(unit, unit)]
            stands &= (n >= 1) & (n < STEP) if marked else n >= 1
    return {place: (int(n[stands].min()), int(n[stands].max())) for place, n in values.items()}


def _rounded(n: NDArray[np.int64]) -> NDArray[np.int64]:
    return (n + STEP // 2) // STEP * STEP


def trajectories(directory: Path) -> None:
    """What the monitor trajecten could have made: 400 made-up trajectories, a few users have two a year."""
    directory.mkdir()
    (directory / "manifest.json").write_text('{"stap": "trajecten", "synthetisch": true}')
    with duckdb.connect() as con:
        con.execute(
            """CREATE TABLE trajecten AS
            SELECT 'c' || (i % 197) AS client, 'grz' AS zorgvorm, DATE '2020-01-01' + CAST(i AS INTEGER) AS start,
                CASE WHEN i % 40 = 0 THEN 'cva' ELSE 'trauma' END AS categorie,
                DATE '2020-01-01' + CAST(i + 29 AS INTEGER) AS eind, 30 AS ligduur,
                CAST(2020 + i % 2 AS INTEGER) AS jaar, CAST(9000 AS DECIMAL(18, 2)) AS kosten,
                CASE WHEN i % 50 = 0 THEN 'thuis_met_wlz' ELSE 'geen_wlz' END AS week_voor,
                CASE WHEN i % 4 = 0 THEN 'overleden' ELSE 'geen_wlz' END AS twee_weken_na,
                CASE WHEN i % 60 = 0 THEN 'tijdens' END AS indicatie_moment, 'vv5' AS indicatie_profiel,
                NULL::VARCHAR AS profiel_voor, NULL::VARCHAR AS profiel_na, i % 3 = 0 AS indicatie_bij_start,
                NULL::DATE AS bekend_vanaf
            FROM range(400) AS nummers(i)"""
        )
        con.execute(
            """CREATE TABLE verblijven AS
            SELECT client, zorgvorm, start, categorie, eind, ligduur, jaar, kosten, NULL::VARCHAR AS uitsluiting
            FROM trajecten
            UNION ALL
            SELECT 'd' || i, 'grz', DATE '2021-12-01', 'trauma', DATE '2021-12-31', 31, 2021, 9000, 'na_sluitdatum'
            FROM range(30) AS nummers(i)"""
        )
        con.execute("CREATE TABLE kosten AS SELECT DISTINCT jaar FROM verblijven")
        con.execute(
            """CREATE TABLE eerste_besluiten AS
            SELECT '' AS client, '' AS categorie, 2021 AS jaar, '' AS uitkomst, 0 AS dagen_te_laat WHERE false"""
        )
        for name in ("trajecten", "verblijven", "kosten", "eerste_besluiten"):
            con.execute(f"COPY {name} TO '{directory}/{name}.parquet'")
