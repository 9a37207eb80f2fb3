-- Costs of a municipality beside those it would have if every age and sex cost what it costs nationally (indirect
-- standardisation; Breslow and Day 1987, on the standardised ratio of observed to expected).
SELECT
    gemeenten.soort,
    gemeenten.gemeente,
    gemeenten.jaar,
    sum(gemeenten.verzekerdejaren) AS verzekerdejaren,
    sum(gemeenten.kosten) AS kosten,
    sum(gemeenten.verzekerdejaren * tarieven.tarief) AS verwachte_kosten,
    sum(gemeenten.kosten) / nullif(sum(gemeenten.verzekerdejaren * tarieven.tarief), 0) AS verhouding,
    count(andere_grenzen.gemeente) > 0 AS andere_grens
FROM gemeenten
INNER JOIN tarieven
    ON
        gemeenten.soort = tarieven.soort
        AND gemeenten.jaar = tarieven.jaar
        AND gemeenten.geslacht = tarieven.geslacht
        AND gemeenten.leeftijdsklasse = tarieven.leeftijdsklasse
LEFT JOIN andere_grenzen ON gemeenten.gemeente = andere_grenzen.gemeente AND gemeenten.jaar = andere_grenzen.jaar
WHERE gemeenten.gemeente IS NOT NULL
GROUP BY gemeenten.soort, gemeenten.gemeente, gemeenten.jaar
