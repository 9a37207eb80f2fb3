-- Onbekende zorgzwaartepakketten: Pgb-toekenningen
-- Pgb-toekenningen met een code die niet in de tabel zorgzwaartepakketten staat.
SELECT
    zorgzwaartepakket,
    count(*) AS regels
FROM pgb_toekenningen
ANTI JOIN zorgzwaartepakketten USING (zorgzwaartepakket)
WHERE zorgzwaartepakket IS NOT NULL
GROUP BY zorgzwaartepakket
ORDER BY zorgzwaartepakket
