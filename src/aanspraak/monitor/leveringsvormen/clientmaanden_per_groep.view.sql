-- The client-months once under their own sector and once under the group that the sector belongs to.
SELECT
    *,
    sector AS groep,
    year(maand) AS jaar
FROM clientmaanden
UNION ALL
SELECT
    clientmaanden.*,
    sectorgroepen.groep,
    year(clientmaanden.maand) AS jaar
FROM clientmaanden
INNER JOIN sectorgroepen ON clientmaanden.sector = sectorgroepen.sector
