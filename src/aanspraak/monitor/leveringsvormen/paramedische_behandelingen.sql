-- Paramedical treatment from the Wlz: what remains per client, month and code, with the delivery form of the month.
-- Method: Significant 2022, 4.1.2.
-- Which performance codes these are is data (`paramedische_prestaties`), not part of the method.
SELECT
    regel.client,
    CAST(date_trunc('month', regel.maandeinde) AS DATE) AS maand,
    regel.prestatiecode,
    vormen.leveringsvorm,
    CAST(sum(regel.aantal) AS DECIMAL(18, 4)) AS aantal,
    CAST(sum(regel.bedrag) AS DECIMAL(18, 2)) AS bedrag
FROM wlz_regels AS regel
INNER JOIN paramedische_prestaties ON regel.prestatiecode = paramedische_prestaties.prestatiecode
LEFT JOIN clientmaanden
    ON regel.client = clientmaanden.client AND regel.maandeinde = last_day(clientmaanden.maand)
LEFT JOIN leveringsvormen AS vormen ON clientmaanden.bekostiging = vormen.bekostiging
WHERE regel.correctie IS NULL
GROUP BY regel.client, regel.maandeinde, regel.prestatiecode, vormen.leveringsvorm
