-- The quarter of the municipalities that each belongs to by size, for every kind of care: 1 is the smallest.
SELECT
    soort,
    gemeente,
    ntile(4) OVER (PARTITION BY soort ORDER BY avg(verwachte_kosten), gemeente) AS kwart
FROM verhoudingen
GROUP BY soort, gemeente
