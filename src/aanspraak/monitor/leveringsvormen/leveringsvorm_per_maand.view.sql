-- The form of each client-month, read from the number that decided (see maandregels), its days and Wlz spending.
-- Method: NZa 2023, Bijlage 3, 1.1 and 1.3: sector and profile from the koppellijst for zzp and vpt, from the
-- zorgzwaartepakket for mpt and pgb. `uitgaven_wlz` holds all lines of the month; a pgb has no spending here (1.3:
-- left out of all analyses). mpt days: last einddatum minus first begindatum, plus `opties.mpt_extra_dag` (0 is
-- the literal method).
WITH beslist AS (
    SELECT
        *,
        sleutel // 100000000000000000 AS soort,
        CASE WHEN sleutel >= 200000000000000000 THEN sleutel // 10000 % 1000000 END AS volgorde,
        CASE WHEN sleutel < 200000000000000000 THEN sleutel % 10000 END AS pakket
    FROM maanden
    WHERE sleutel IS NOT NULL
)

SELECT
    beslist.client,
    CAST(date_trunc('month', beslist.maandeinde) AS DATE) AS maand,
    CASE beslist.soort WHEN 2 THEN koppellijst.bekostiging WHEN 1 THEN 'mpt' ELSE 'pgb' END AS bekostiging,
    CASE beslist.soort WHEN 2 THEN koppellijst.sector ELSE pakketten.sector END AS sector,
    CASE beslist.soort WHEN 2 THEN koppellijst.zorgprofiel ELSE pakketten.zorgprofiel END AS zorgprofiel,
    CAST(
        CASE beslist.soort
            WHEN 2 THEN coalesce(beslist.dagprestaties, 0)
            WHEN 1 THEN date_diff('day', beslist.mpt_begin, beslist.mpt_eind) + opties.mpt_extra_dag
        END AS DECIMAL(18, 4)
    ) AS dagen,
    coalesce(beslist.dagprestaties > day(beslist.maandeinde), false) AS dubbel,
    CAST(CASE WHEN beslist.soort > 0 THEN beslist.bedrag END AS DECIMAL(18, 2)) AS uitgaven_wlz
FROM beslist
CROSS JOIN opties
LEFT JOIN koppellijst ON beslist.volgorde = koppellijst.volgorde
LEFT JOIN zorgzwaartepakketten AS pakketten
    ON beslist.pakket = CAST(pakketten.zorgzwaartepakket AS INTEGER) + 1
