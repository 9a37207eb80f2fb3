"""The method of nza-2023 bijlage 3 in a few lines of SQL of its own, as a second opinion beside the monitor."""

from pathlib import Path

import duckdb

FORMS = ("zzp_incl", "zzp_excl", "vpt_incl", "vpt_excl", "mpt", "pgb")

_KEPT = """
CREATE VIEW kept AS
SELECT line.*, date_trunc('month', begindatum)::DATE AS maand, soort, leveringsvorm, behandeling,
       code.sector, code.zorgprofiel, dagprestatie
FROM wlz_declaraties AS line JOIN prestaties AS code USING (prestatiecode)
WHERE bedrag > 0 AND coalesce(client, '') NOT IN ('', '0') AND soort NOT IN ('elv', 'gzsp')
"""

_CLIENT_MONTHS = """
CREATE TABLE client_months AS
WITH basic AS (
    SELECT client, maand,
           arg_max((leveringsvorm || '_' || behandeling, sector, zorgprofiel),
                   (begindatum, einddatum, prestatiecode)) AS won,
           sum(aantal) FILTER (WHERE dagprestatie) AS dagen
    FROM kept WHERE soort IN ('basis', 'vv9b') GROUP BY ALL
), modular AS (
    SELECT client, maand,
           arg_max(zorgzwaartepakket, (begindatum, einddatum, prestatiecode, zorgzwaartepakket)) AS pakket,
           max(einddatum) - min(begindatum) AS dagen
    FROM kept WHERE leveringsvorm = 'mpt' GROUP BY ALL
), budget AS (
    SELECT client, maand, arg_max(zorgzwaartepakket, (begindatum, einddatum, zorgzwaartepakket)) AS pakket
    FROM (SELECT *, unnest(generate_series(date_trunc('month', begindatum), einddatum, INTERVAL 1 MONTH))::DATE AS maand
          FROM pgb_toekenningen) GROUP BY ALL
), every AS (
    SELECT client, maand FROM basic UNION SELECT client, maand FROM modular UNION SELECT client, maand FROM budget
), zvw AS (
    SELECT client, date_trunc('month', begindatum)::DATE AS maand, sum(bedrag) AS pmz
    FROM zvw_declaraties WHERE sector = 'PMZ' GROUP BY ALL HAVING sum(bedrag) > 0
)
SELECT client, maand, year(maand) AS jaar,
       CASE WHEN won IS NOT NULL THEN won[1] WHEN modular.pakket IS NOT NULL THEN 'mpt' ELSE 'pgb' END AS bekostiging,
       coalesce(won[2], pakket.sector) AS sector,
       coalesce(won[3], pakket.zorgprofiel) AS zorgprofiel,
       CASE WHEN won IS NOT NULL THEN basic.dagen ELSE modular.dagen END AS dagen,
       coalesce(basic.dagen > day(last_day(maand)), false) AS dubbel,
       coalesce(pmz, 0) AS pmz
FROM every
LEFT JOIN basic USING (client, maand) LEFT JOIN modular USING (client, maand)
LEFT JOIN budget USING (client, maand) LEFT JOIN zvw USING (client, maand)
LEFT JOIN zorgzwaartepakketten AS pakket
    ON won IS NULL AND pakket.zorgzwaartepakket = coalesce(modular.pakket, budget.pakket)
"""


def open_data(directory: Path) -> duckdb.DuckDBPyConnection:
    """The tables of a Parquet data set as views, with `kept` (lines after the corrections) and `client_months`."""
    con = duckdb.connect()
    for file in sorted(directory.glob("*.parquet")):
        con.read_parquet(str(file)).create_view(file.stem)
    con.execute(_KEPT)
    con.execute(_CLIENT_MONTHS)
    return con
