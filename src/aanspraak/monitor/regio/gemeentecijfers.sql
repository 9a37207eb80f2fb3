-- Per kind of care, municipality and year: costs, and what they say beside the country when age and sex are alike.
-- `gestandaardiseerd` is euros per insured year. The interval is what 95% of the changes from year to year stay within
-- (see ruis); it is empty when there are no two years in a row to learn it from.
WITH landelijk_bekend AS (
    SELECT
        soort,
        jaar,
        sum(kosten) / sum(verzekerdejaren) AS gemiddeld
    FROM verhoudingen
    GROUP BY soort, jaar
),

met_marge AS (
    SELECT
        verhoudingen.*,
        ruis.ruis / sqrt(nullif(verhoudingen.verwachte_kosten, 0)) AS marge
    FROM verhoudingen
    INNER JOIN omvang ON verhoudingen.soort = omvang.soort AND verhoudingen.gemeente = omvang.gemeente
    LEFT JOIN ruis ON omvang.soort = ruis.soort AND omvang.kwart = ruis.kwart
)

SELECT
    cijfer.soort,
    cijfer.gemeente,
    cijfer.jaar,
    CAST(cijfer.verzekerdejaren AS DECIMAL(18, 2)) AS verzekerdejaren,
    CAST(cijfer.kosten AS DECIMAL(18, 2)) AS kosten,
    CAST(cijfer.kosten / nullif(cijfer.verzekerdejaren, 0) AS DECIMAL(18, 4)) AS kosten_per_verzekerdejaar,
    CAST(cijfer.verwachte_kosten AS DECIMAL(18, 2)) AS verwachte_kosten,
    CAST(cijfer.verhouding AS DECIMAL(18, 4)) AS verhouding,
    CAST(CASE WHEN cijfer.marge <= cijfer.verhouding THEN cijfer.verhouding - cijfer.marge
        WHEN cijfer.marge > cijfer.verhouding THEN 0 END AS DECIMAL(18, 4)) AS laag,
    CAST(cijfer.verhouding + cijfer.marge AS DECIMAL(18, 4)) AS hoog,
    CAST(cijfer.verhouding * landelijk_bekend.gemiddeld AS DECIMAL(18, 4)) AS gestandaardiseerd,
    CAST((cijfer.verhouding - 1) * landelijk_bekend.gemiddeld AS DECIMAL(18, 4)) AS verschil,
    cijfer.andere_grens
FROM met_marge AS cijfer
INNER JOIN landelijk_bekend ON cijfer.soort = landelijk_bekend.soort AND cijfer.jaar = landelijk_bekend.jaar
