-- Overlappende indicaties
-- Indicaties die ingaan terwijl een eerdere van dezelfde cliënt nog loopt.
WITH eerder AS (
    SELECT
        zorgzwaartepakket,
        ingangsdatum <= max(coalesce(einddatum, DATE '9999-12-31')) OVER (
            PARTITION BY client ORDER BY ingangsdatum, einddatum NULLS LAST
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS overlapt
    FROM indicaties
    WHERE client IS NOT NULL
)
SELECT
    zorgzwaartepakket,
    count(*) AS regels
FROM eerder
WHERE overlapt
GROUP BY zorgzwaartepakket
ORDER BY zorgzwaartepakket NULLS FIRST
