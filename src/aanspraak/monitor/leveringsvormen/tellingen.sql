-- What the reader must know of the client-months: how many there are, what falls outside them and what is odd.
-- Method: NZa 2023, Bijlage 3, 1.1-1.3. `bedrag` is in euros, empty where it says nothing.
SELECT
    'clientmaanden' AS telling,
    count(*) AS aantal,
    CAST(sum(uitgaven_wlz) AS DECIMAL(18, 2)) AS bedrag
FROM clientmaanden
UNION ALL
SELECT
    'clientmaanden_met_dubbele_dagen' AS telling,
    count(*) AS aantal,
    CAST(NULL AS DECIMAL(18, 2)) AS bedrag
FROM clientmaanden
WHERE dubbel
UNION ALL
SELECT
    'clientmaanden_zonder_sector_of_zorgprofiel' AS telling,
    count(*) AS aantal,
    CAST(NULL AS DECIMAL(18, 2)) AS bedrag
FROM clientmaanden
WHERE sector IS NULL OR zorgprofiel IS NULL
UNION ALL
SELECT
    'maanden_zonder_leveringsvorm' AS telling,
    count(*) AS aantal,
    CAST(coalesce(sum(bedrag), 0) AS DECIMAL(18, 2)) AS bedrag
FROM maanden
WHERE sleutel IS NULL
UNION ALL
SELECT
    'pgb_maanden_met_zorg_in_natura' AS telling,
    count(*) AS aantal,
    CAST(coalesce(sum(bedrag), 0) AS DECIMAL(18, 2)) AS bedrag
FROM maanden
WHERE sleutel < 100000000000000000 AND bedrag IS NOT NULL
UNION ALL
SELECT
    'zvw_sommen_niet_positief' AS telling,
    count(*) AS aantal,
    CAST(coalesce(sum(uitgaven), 0) AS DECIMAL(18, 2)) AS bedrag
FROM zvw_sommen
WHERE uitgaven <= 0
UNION ALL
SELECT
    'zvw_sommen_in_maand_zonder_leveringsvorm' AS telling,
    count(*) AS aantal,
    CAST(coalesce(sum(zvw_sommen.uitgaven), 0) AS DECIMAL(18, 2)) AS bedrag
FROM zvw_sommen
LEFT JOIN clientmaanden ON zvw_sommen.client = clientmaanden.client AND zvw_sommen.maand = clientmaanden.maand
WHERE zvw_sommen.uitgaven > 0 AND clientmaanden.client IS NULL
