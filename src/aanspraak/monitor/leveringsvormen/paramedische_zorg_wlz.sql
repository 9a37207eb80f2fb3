-- Volume and amount of paramedical treatment from the Wlz, per code, delivery form and year.
-- Method: Significant 2022, 4.1.2 and table 3, which holds all forms but verblijf met behandeling.
SELECT
    prestatiecode,
    leveringsvorm,
    CAST(year(maand) AS INTEGER) AS jaar,
    count(DISTINCT client) AS clienten,
    CAST(sum(aantal) AS DECIMAL(18, 4)) AS aantal,
    CAST(sum(bedrag) AS DECIMAL(18, 2)) AS bedrag
FROM paramedische_behandelingen
GROUP BY 1, 2, 3
