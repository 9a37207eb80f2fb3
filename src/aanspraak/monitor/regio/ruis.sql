-- How much the ratio of a municipality moves from one year to the next, for its size (inference: no source gives it).
-- The variance of a ratio is taken to be `ruis` / expected costs. The change between two years in a row then has
-- variance ruis x (1/E1 + 1/E2); the median of change squared over that, divided by the median of a chi-squared with
-- one degree of freedom (0.454936), estimates `ruis` and does not mind a few municipalities that really change.
SELECT
    dit.soort,
    count(*) AS paren,
    median(
        power(volgend.verhouding - dit.verhouding, 2) / (1 / dit.verwachte_kosten + 1 / volgend.verwachte_kosten)
    ) / 0.454936 AS ruis
FROM verhoudingen AS dit
INNER JOIN verhoudingen AS volgend
    ON dit.soort = volgend.soort AND dit.gemeente = volgend.gemeente AND dit.jaar + 1 = volgend.jaar
WHERE
    NOT dit.andere_grens AND NOT volgend.andere_grens
    AND dit.verwachte_kosten > 0 AND volgend.verwachte_kosten > 0
GROUP BY dit.soort
