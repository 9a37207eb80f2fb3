-- Zvw-declaraties per sector en maand
-- Per sector elke maand van de eerste tot en met de laatste begindatum; een maand zonder regels staat er met nul.
WITH per_maand AS (
    SELECT
        sector,
        date_trunc('month', begindatum)::DATE AS maand,
        count(*) AS regels,
        count(DISTINCT client) AS clienten,
        sum(bedrag) FILTER (WHERE bedrag > 0) AS debet,
        sum(bedrag) FILTER (WHERE bedrag < 0) AS credit
    FROM zvw_declaraties
    GROUP BY ALL
),
maanden AS (
    SELECT sector, unnest(generate_series(min(maand), max(maand), INTERVAL 1 MONTH))::DATE AS maand
    FROM per_maand
    GROUP BY sector
)
SELECT
    sector,
    strftime(maand, '%Y-%m') AS maand,
    coalesce(regels, 0) AS regels,
    coalesce(clienten, 0) AS clienten,
    coalesce(debet, 0) AS debet,
    coalesce(credit, 0) AS credit,
    coalesce(debet, 0) + coalesce(credit, 0) AS saldo
FROM maanden LEFT JOIN per_maand USING (sector, maand)
ORDER BY sector, maand
