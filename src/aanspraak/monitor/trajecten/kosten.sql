-- Unique users and costs per care form, category and start year, of all stays, finished or not, and also of the
-- categories that make no trajectory. 'totaal' counts a user of two categories once.
-- Method: ZIN 2025, bijlage 5A 'Kostenoverzicht' and 'Aantal unieke gebruikers', per start year of the stay.
WITH begonnen AS (
    SELECT
        client,
        zorgvorm,
        categorie,
        jaar,
        kosten
    FROM verblijven
    CROSS JOIN opties
    WHERE jaar BETWEEN opties.eerste_jaar AND opties.laatste_jaar
),

met_totaal AS (
    SELECT * FROM begonnen
    UNION ALL
    SELECT
        client,
        zorgvorm,
        'totaal' AS categorie,
        jaar,
        kosten
    FROM begonnen
)

SELECT
    zorgvorm,
    categorie,
    jaar,
    count(DISTINCT client) AS unieke_gebruikers,
    CAST(sum(kosten) AS DECIMAL(18, 2)) AS kosten
FROM met_totaal
GROUP BY zorgvorm, categorie, jaar
