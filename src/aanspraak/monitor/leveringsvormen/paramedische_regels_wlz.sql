-- Remaining claim lines for paramedical treatment from the Wlz, with the delivery form of their month.
-- Which performance codes these are is data (`paramedische_prestaties`), not part of the method.
SELECT
    regel.client,
    CAST(date_trunc('month', regel.maandeinde) AS DATE) AS maand,
    regel.prestatiecode,
    regel.aantal,
    regel.bedrag,
    vormen.leveringsvorm
FROM wlz_regels AS regel
INNER JOIN paramedische_prestaties ON regel.prestatiecode = paramedische_prestaties.prestatiecode
LEFT JOIN clientmaanden
    ON regel.client = clientmaanden.client AND regel.maandeinde = last_day(clientmaanden.maand)
LEFT JOIN leveringsvormen AS vormen ON clientmaanden.bekostiging = vormen.bekostiging
WHERE regel.correctie IS NULL
