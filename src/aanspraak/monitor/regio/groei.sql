-- Growth of the costs per insured year from the first to the last year of each kind of care; not for municipalities
-- whose borders differ between the two. Prices are those of the year itself.
WITH jaren AS (
    SELECT
        soort,
        min(jaar) AS van,
        max(jaar) AS tot
    FROM gemeentecijfers
    GROUP BY soort
)

SELECT
    jaren.soort,
    eind.gemeente,
    jaren.van,
    jaren.tot,
    begin_.kosten_per_verzekerdejaar AS kosten_van,
    eind.kosten_per_verzekerdejaar AS kosten_tot,
    CASE
        WHEN begin_.kosten_per_verzekerdejaar > 0 AND NOT begin_.andere_grens AND NOT eind.andere_grens
            THEN CAST(
                eind.kosten_per_verzekerdejaar / begin_.kosten_per_verzekerdejaar - 1 AS DECIMAL(18, 4)
            )
    END AS groei,
    begin_.verhouding AS verhouding_van,
    eind.verhouding AS verhouding_tot
FROM jaren
INNER JOIN gemeentecijfers AS eind ON jaren.soort = eind.soort AND jaren.tot = eind.jaar
LEFT JOIN gemeentecijfers AS begin_
    ON jaren.soort = begin_.soort AND jaren.van = begin_.jaar AND eind.gemeente = begin_.gemeente
WHERE jaren.van < jaren.tot
