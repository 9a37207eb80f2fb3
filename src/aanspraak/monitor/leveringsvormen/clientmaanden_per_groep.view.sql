-- The client-months once under their own sector and once under the group that the sector belongs to.
-- Method: NZa 2023, Bijlage 3, ch. 2 counts the whole ghz, ch. 3 to 5 its part vg.
SELECT
    *,
    sector AS groep,
    CAST(year(maand) AS INTEGER) AS jaar
FROM clientmaanden
UNION ALL
SELECT
    clientmaanden.*,
    sectorgroepen.groep,
    CAST(year(clientmaanden.maand) AS INTEGER) AS jaar
FROM clientmaanden
INNER JOIN sectorgroepen ON clientmaanden.sector = sectorgroepen.sector
