-- How much the ratio of a municipality moves from one year to the next, for its size (inference: no source gives it).
-- The variance of a ratio is taken to be inversely proportional to the expected costs E among municipalities of about
-- the same size. The change between two years in a row is then divided by sqrt(1/E1 + 1/E2); `ruis` is what 95% of
-- these stay under, so that ruis / sqrt(E) is the margin of one ratio. Real changes count as noise: margins are wide
-- rather than narrow. Nothing is assumed about the shape of the noise.
SELECT
    dit.soort,
    omvang.kwart,
    count(*) AS paren,
    quantile_cont(
        abs(volgend.verhouding - dit.verhouding) / sqrt(1 / dit.verwachte_kosten + 1 / volgend.verwachte_kosten), 0.95
    ) AS ruis
FROM verhoudingen AS dit
INNER JOIN verhoudingen AS volgend
    ON dit.soort = volgend.soort AND dit.gemeente = volgend.gemeente AND dit.jaar + 1 = volgend.jaar
INNER JOIN omvang ON dit.soort = omvang.soort AND dit.gemeente = omvang.gemeente
WHERE
    NOT dit.andere_grens AND NOT volgend.andere_grens
    AND dit.verwachte_kosten > 0 AND volgend.verwachte_kosten > 0
GROUP BY dit.soort, omvang.kwart
