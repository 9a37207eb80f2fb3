-- The form of each client-month, read from the packed keys of `maandregels`, with its days and Wlz spending.
-- Method: NZa 2023, Bijlage 3, 1.1 and 1.3: zzp or vpt if there is any, else mpt (also beside a pgb), else pgb.
-- `uitgaven_wlz` holds all lines of the month; a pgb has no spending here (1.3: left out of all analyses).
-- mpt days: last einddatum minus first begindatum, plus `opties.mpt_extra_dag` (0 is the literal method).
SELECT
    maanden.client,
    maanden.maand,
    CASE
        WHEN maanden.basis_sleutel IS NOT NULL THEN koppellijst.bekostiging
        WHEN maanden.mpt_sleutel IS NOT NULL THEN 'mpt'
        ELSE 'pgb'
    END AS bekostiging,
    CASE WHEN maanden.basis_sleutel IS NOT NULL THEN koppellijst.sector ELSE pakket.sector END AS sector,
    CASE
        WHEN maanden.basis_sleutel IS NOT NULL THEN koppellijst.zorgprofiel ELSE pakket.zorgprofiel
    END AS zorgprofiel,
    CAST(
        CASE
            WHEN maanden.basis_sleutel IS NOT NULL THEN coalesce(maanden.dagprestaties, 0)
            WHEN maanden.mpt_sleutel IS NOT NULL
                THEN date_diff('day', maanden.mpt_begin, maanden.mpt_eind) + opties.mpt_extra_dag
        END AS DECIMAL(18, 4)
    ) AS dagen,
    coalesce(maanden.dagprestaties > day(last_day(maanden.maand)), false) AS dubbel,
    CAST(
        CASE WHEN maanden.basis_sleutel IS NOT NULL OR maanden.mpt_sleutel IS NOT NULL THEN maanden.bedrag END
        AS DECIMAL(18, 2)
    ) AS uitgaven_wlz
FROM maanden
CROSS JOIN opties
LEFT JOIN koppellijst ON maanden.basis_sleutel % 1000000 = koppellijst.volgorde
LEFT JOIN zorgzwaartepakketten AS pakket
    ON coalesce(maanden.mpt_sleutel, maanden.pgb_sleutel) % 10000 = CAST(pakket.zorgzwaartepakket AS INTEGER) + 1
WHERE
    maanden.basis_sleutel IS NOT NULL
    OR maanden.mpt_sleutel IS NOT NULL
    OR maanden.pgb_sleutel IS NOT NULL
