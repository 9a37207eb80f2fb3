-- Onbekende zorgzwaartepakketten: Indicaties
-- Indicaties met een code die niet in de tabel zorgzwaartepakketten staat.
SELECT
    zorgzwaartepakket,
    count(*) AS regels
FROM indicaties
ANTI JOIN zorgzwaartepakketten USING (zorgzwaartepakket)
WHERE zorgzwaartepakket IS NOT NULL
GROUP BY zorgzwaartepakket
ORDER BY zorgzwaartepakket
