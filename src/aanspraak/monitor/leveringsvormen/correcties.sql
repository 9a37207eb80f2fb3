-- What happened to the lines: how many, and how many euros, each correction removed and how many remain.
-- Method: NZa 2023, Bijlage 3, 1.1 'Correcties'. A remaining line whose prestatiecode is not in the koppellijst
-- counts in the spending of its month but decides nothing; it is counted apart.
SELECT
    'wlz_declaraties' AS bestand,
    coalesce(correctie, CASE WHEN soort IS NULL THEN 'prestatiecode_onbekend' ELSE 'gebruikt' END) AS lot,
    count(*) AS regels,
    CAST(sum(bedrag) AS DECIMAL(18, 2)) AS bedrag
FROM wlz_regels
GROUP BY 1, 2
UNION ALL
SELECT
    'pgb_toekenningen' AS bestand,
    coalesce(correctie, 'gebruikt') AS lot,
    count(*) AS regels,
    CAST(sum(bedrag) AS DECIMAL(18, 2)) AS bedrag
FROM pgb_regels
GROUP BY 1, 2
UNION ALL
SELECT
    'zvw_declaraties' AS bestand,
    CASE WHEN clienten.client IS NULL THEN 'geen_wlz_client' ELSE 'gebruikt' END AS lot,
    count(*) AS regels,
    CAST(sum(zvw.bedrag) AS DECIMAL(18, 2)) AS bedrag
FROM zvw_declaraties AS zvw
LEFT JOIN clienten ON zvw.client = clienten.client
GROUP BY 1, 2
