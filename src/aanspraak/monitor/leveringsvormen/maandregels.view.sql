-- What every remaining line says about its client-month, as numbers of which the highest is the last line.
-- Method: NZa 2023, Bijlage 3, 1.1: the last line of the month decides. 'Last' is a total order:
--   zzp and vpt: begindatum, einddatum, koppellijst.volgorde;
--   mpt:         begindatum, einddatum, koppellijst.volgorde, zorgzwaartepakket (missing lowest);
--   pgb:         begindatum, einddatum, zorgzwaartepakket; a grant covers every month it touches.
-- A key packs these in one whole number, because the highest of a number is the cheapest thing an engine can
-- compute. Room: 31 days of a month or 47,500 days since 1970 (dates end in 2099), a million rows in the
-- koppellijst, and a three-digit zorgzwaartepakket plus one.
WITH natura AS (
    SELECT
        client,
        maand,
        begindatum,
        einddatum,
        aantal,
        bedrag,
        dagprestatie,
        bekostiging <> 'mpt' AS basis,
        bekostiging = 'mpt' AS mpt,
        (day(begindatum) * 100000 + date_diff('day', DATE '1970-01-01', einddatum)) * 1000000 + volgorde AS sleutel,
        coalesce(CAST(zorgzwaartepakket AS INTEGER) + 1, 0) AS pakket
    FROM wlz_regels
    WHERE correctie IS NULL
),

toegekend AS (
    SELECT
        client,
        unnest(
            generate_series(CAST(date_trunc('month', begindatum) AS DATE), einddatum, INTERVAL 1 MONTH)
        ) AS maand,
        (
            date_diff('day', DATE '1970-01-01', begindatum) * 100000
            + date_diff('day', DATE '1970-01-01', einddatum)
        ) * 10000 + coalesce(CAST(zorgzwaartepakket AS INTEGER) + 1, 0) AS sleutel
    FROM pgb_regels
    WHERE correctie IS NULL
)

SELECT
    client,
    maand,
    CASE WHEN basis THEN sleutel END AS basis_sleutel,
    CASE WHEN mpt THEN sleutel * 10000 + pakket END AS mpt_sleutel,
    CAST(NULL AS BIGINT) AS pgb_sleutel,
    CASE WHEN basis AND dagprestatie THEN aantal END AS dagprestaties,
    CASE WHEN mpt THEN begindatum END AS mpt_begin,
    CASE WHEN mpt THEN einddatum END AS mpt_eind,
    bedrag
FROM natura
UNION ALL
SELECT
    client,
    CAST(maand AS DATE) AS maand,
    CAST(NULL AS BIGINT) AS basis_sleutel,
    CAST(NULL AS BIGINT) AS mpt_sleutel,
    sleutel AS pgb_sleutel,
    CAST(NULL AS DECIMAL(18, 4)) AS dagprestaties,
    CAST(NULL AS DATE) AS mpt_begin,
    CAST(NULL AS DATE) AS mpt_eind,
    CAST(NULL AS DECIMAL(18, 2)) AS bedrag
FROM toegekend
