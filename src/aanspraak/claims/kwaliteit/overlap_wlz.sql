-- Overlappende Wlz-declaraties
-- Debetregels van dezelfde cliënt en prestatie die beginnen voor een eerdere regel is afgelopen.
WITH eerder AS (
    SELECT
        prestatiecode,
        bedrag,
        begindatum <= max(einddatum) OVER (
            PARTITION BY client, prestatiecode ORDER BY begindatum, einddatum
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS overlapt
    FROM wlz_declaraties
    WHERE bedrag > 0 AND client IS NOT NULL
)
SELECT
    prestatiecode,
    count(*) AS regels,
    sum(bedrag) AS bedrag
FROM eerder
WHERE overlapt
GROUP BY prestatiecode
ORDER BY prestatiecode
