-- Costs and insured years of the whole country; `zonder_gemeente` is the part of the costs that has no municipality.
SELECT
    soort,
    jaar,
    CAST(sum(verzekerdejaren) AS DECIMAL(18, 2)) AS verzekerdejaren,
    CAST(sum(kosten) AS DECIMAL(18, 2)) AS kosten,
    CAST(coalesce(sum(CASE WHEN gemeente IS NULL THEN kosten END), 0) AS DECIMAL(18, 2)) AS zonder_gemeente,
    CAST(sum(kosten) / sum(verzekerdejaren) AS DECIMAL(18, 4)) AS kosten_per_verzekerdejaar
FROM gemeenten
GROUP BY soort, jaar
