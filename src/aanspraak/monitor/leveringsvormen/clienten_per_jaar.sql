-- Clients per sector (the ghz as a whole as well), form and year; aandeel is the form's share in sector and year.
-- Method: NZa 2023, Bijlage 3, 1.3 'Aantal cliënten' and ch. 2: a client weighs 1/12 for every month.
-- Rounded half up on whole numbers: hundredths of clients, ten-thousandths of the share.
WITH geteld AS (
    SELECT
        groep,
        bekostiging,
        jaar,
        count(DISTINCT client) AS unieke_clienten,
        count(*) AS maanden
    FROM clientmaanden_per_groep
    GROUP BY groep, bekostiging, jaar
),

met_totaal AS (
    SELECT
        *,
        sum(maanden) OVER (PARTITION BY groep, jaar) AS totaal
    FROM geteld
)

SELECT
    groep AS sector,
    bekostiging,
    jaar,
    unieke_clienten,
    CAST(CAST((200 * maanden + 12) // 24 AS DECIMAL(15, 0)) * 0.01 AS DECIMAL(18, 2)) AS gewogen_clienten,
    CAST(CAST((20000 * maanden + totaal) // (2 * totaal) AS DECIMAL(13, 0)) * 0.0001 AS DECIMAL(18, 4)) AS aandeel
FROM met_totaal
