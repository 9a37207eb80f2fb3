-- What every remaining line says about its client-month, as one number: the line with the highest decides.
-- Method: NZa 2023, Bijlage 3, 1.1: zzp or vpt if there is any, else mpt, else pgb; of these the last line of the
-- month. 'Last' is a total order:
--   zzp and vpt: begindatum, einddatum, koppellijst.volgorde;
--   mpt:         begindatum, einddatum, koppellijst.volgorde, zorgzwaartepakket (missing lowest);
--   pgb:         begindatum, einddatum, zorgzwaartepakket; a grant covers every month it touches.
-- `sleutel` packs that order, because the highest of a number is the cheapest thing an engine can compute. From
-- the left: 2 for zzp and vpt, 1 for mpt, 0 for pgb; the day of begindatum (2 digits); einddatum in days since
-- 1970 (5 digits: dates end in 2099); volgorde (6 digits); zorgzwaartepakket plus one, 0 when missing (4 digits).
-- A line that decides nothing has no sleutel. A grant has no volgorde and begins in any month: 5 digits for each
-- date, then the 4 of the zorgzwaartepakket.
WITH toegekend AS (
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
    maandeinde,
    voorrang
    + (day(begindatum) * 100000 + date_diff('day', DATE '1970-01-01', einddatum)) * 10000000000
    + coalesce(CAST(zorgzwaartepakket AS INTEGER) + 1, 0) AS sleutel,
    CASE WHEN telt_dagen THEN aantal END AS dagprestaties,
    CASE WHEN mpt THEN begindatum END AS mpt_begin,
    CASE WHEN mpt THEN einddatum END AS mpt_eind,
    bedrag
FROM wlz_regels
WHERE correctie IS NULL
UNION ALL
SELECT
    client,
    last_day(maand) AS maandeinde,
    sleutel,
    CAST(NULL AS DECIMAL(18, 4)) AS dagprestaties,
    CAST(NULL AS DATE) AS mpt_begin,
    CAST(NULL AS DATE) AS mpt_eind,
    CAST(NULL AS DECIMAL(18, 2)) AS bedrag
FROM toegekend
