-- Claims joined to stays: one per client, care form and unbroken run of days, and why it is no finished trajectory.
-- Method: ZIN 2025, bijlage 5 (a trajectory runs from admission to discharge) and 5A Methode (start years, closing
-- date). Claims are one stay when they overlap or when the next begins at most `opties.aansluiting` days after the
-- last einddatum so far. The category is that of the first claim; of claims that begin on one day the longest, then
-- by name, is first.
-- The end of the data is the last day of the month in which the last claim begins; the closing date is
-- `opties.venster_na` days before it, so that what follows can be seen.
WITH geordend AS (
    SELECT
        client,
        zorgvorm,
        categorie,
        begindatum,
        einddatum,
        bedrag,
        max(einddatum) OVER (
            PARTITION BY client, zorgvorm
            ORDER BY begindatum, einddatum DESC, categorie, prestatiecode
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS tot_dan,
        row_number() OVER (
            PARTITION BY client, zorgvorm ORDER BY begindatum, einddatum DESC, categorie, prestatiecode
        ) AS plaats
    FROM verblijfsregels
    WHERE correctie IS NULL
),

begonnen AS (
    SELECT
        geordend.*,
        CASE
            WHEN geordend.tot_dan IS NULL THEN 1
            WHEN date_diff('day', geordend.tot_dan, geordend.begindatum) > opties.aansluiting THEN 1
            ELSE 0
        END AS begint
    FROM geordend
    CROSS JOIN opties
),

genummerd AS (
    SELECT
        *,
        sum(begint) OVER (
            PARTITION BY client, zorgvorm ORDER BY plaats ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS nummer
    FROM begonnen
),

samen AS (
    SELECT
        client,
        zorgvorm,
        max(CASE WHEN begint = 1 THEN categorie END) AS categorie,
        min(begindatum) AS start,
        max(einddatum) AS eind,
        CAST(sum(bedrag) AS DECIMAL(18, 2)) AS kosten
    FROM genummerd
    GROUP BY client, zorgvorm, nummer
),

einde AS (
    SELECT last_day(max(laatste)) AS dag
    FROM (
        SELECT max(begindatum) AS laatste FROM wlz_declaraties
        UNION ALL
        SELECT max(begindatum) AS laatste FROM zvw_declaraties
    ) AS bestanden
)

SELECT
    samen.client,
    samen.zorgvorm,
    samen.categorie,
    samen.start,
    samen.eind,
    CAST(date_diff('day', samen.start, samen.eind) + 1 AS INTEGER) AS ligduur,
    CAST(year(samen.start) AS INTEGER) AS jaar,
    samen.kosten,
    CASE
        WHEN buiten_trajecten.categorie IS NOT NULL THEN 'categorie_buiten_trajecten'
        WHEN NOT year(samen.start) BETWEEN opties.eerste_jaar AND opties.laatste_jaar THEN 'start_buiten_jaren'
        WHEN samen.eind > opties.sluitdatum THEN 'na_sluitdatum'
        WHEN opties.sluitdatum IS NULL AND date_diff('day', samen.eind, einde.dag) < opties.venster_na
            THEN 'na_sluitdatum'
    END AS uitsluiting
FROM samen
CROSS JOIN opties
CROSS JOIN einde
LEFT JOIN buiten_trajecten
    ON samen.zorgvorm = buiten_trajecten.zorgvorm AND samen.categorie = buiten_trajecten.categorie
