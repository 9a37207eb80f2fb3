-- Onbekende zorgzwaartepakketten: Wlz-regels
-- Wlz-regels met een code die niet in de tabel zorgzwaartepakketten staat.
SELECT
    zorgzwaartepakket,
    count(*) AS regels
FROM wlz_declaraties
ANTI JOIN zorgzwaartepakketten USING (zorgzwaartepakket)
WHERE zorgzwaartepakket IS NOT NULL
GROUP BY zorgzwaartepakket
ORDER BY zorgzwaartepakket
