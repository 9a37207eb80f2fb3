-- Weighted clients per sector (the ghz as a whole as well), profile, form and year; aandeel is the form's share
-- in sector, profile and year. A row without zorgprofiel holds the client-months whose profile is not known.
-- Method: NZa 2023, Bijlage 3, ch. 3; weights and rounding as in clienten_per_jaar.
WITH geteld AS (
    SELECT
        groep,
        zorgprofiel,
        bekostiging,
        jaar,
        count(*) AS maanden
    FROM clientmaanden_per_groep
    GROUP BY groep, zorgprofiel, bekostiging, jaar
),

met_totaal AS (
    SELECT
        *,
        sum(maanden) OVER (PARTITION BY groep, zorgprofiel, jaar) AS totaal
    FROM geteld
)

SELECT
    groep AS sector,
    zorgprofiel,
    bekostiging,
    jaar,
    CAST(CAST((200 * maanden + 12) // 24 AS DECIMAL(15, 0)) * 0.01 AS DECIMAL(18, 2)) AS gewogen_clienten,
    CAST(CAST((20000 * maanden + totaal) // (2 * totaal) AS DECIMAL(13, 0)) * 0.0001 AS DECIMAL(18, 4)) AS aandeel
FROM met_totaal
