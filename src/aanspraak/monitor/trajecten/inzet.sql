-- Trajectories per care form, category and start year: how many began, and how many of those also ended in time.
-- Method: ZIN 2025, bijlage 5A 'Aantal trajecten' and 'Aantal geïncludeerde trajecten (afgerond)'. The difference is
-- trajectories that end after the closing date.
WITH geteld AS (
    SELECT
        zorgvorm,
        categorie,
        jaar,
        CASE WHEN uitsluiting IS NULL THEN 1 ELSE 0 END AS afgerond
    FROM verblijven
    WHERE uitsluiting IS NULL OR uitsluiting = 'na_sluitdatum'
),

met_totaal AS (
    SELECT * FROM geteld
    UNION ALL
    SELECT
        zorgvorm,
        'totaal' AS categorie,
        jaar,
        afgerond
    FROM geteld
)

SELECT
    zorgvorm,
    categorie,
    jaar,
    count(*) AS gestart,
    CAST(sum(afgerond) AS BIGINT) AS afgerond
FROM met_totaal
GROUP BY zorgvorm, categorie, jaar
