-- Clients with paramedical care from the Zvw, per delivery form and year.
-- Method: after Significant 2022, 4.1.1 and table 2 (Vektis 2019). The source does not say in which months the
-- care must fall; here (inference) a client counts when the care falls in a month with that delivery form.
-- Claims do not tell the kind of care: the source calls all of it general.
WITH per_client AS (
    SELECT
        vormen.leveringsvorm,
        CAST(year(clientmaanden.maand) AS INTEGER) AS jaar,
        clientmaanden.client,
        max(CASE WHEN clientmaanden.uitgaven_zvw_pmz > 0 THEN 1 ELSE 0 END) AS met
    FROM clientmaanden
    INNER JOIN leveringsvormen AS vormen ON clientmaanden.bekostiging = vormen.bekostiging
    GROUP BY 1, 2, 3
)

SELECT
    leveringsvorm,
    jaar,
    count(*) AS clienten,
    CAST(sum(met) AS BIGINT) AS clienten_met_paramedische_zorg_zvw,
    CAST(CAST((20000 * sum(met) + count(*)) // (2 * count(*)) AS DECIMAL(13, 0)) * 0.0001 AS DECIMAL(18, 4))
        AS aandeel
FROM per_client
GROUP BY leveringsvorm, jaar
