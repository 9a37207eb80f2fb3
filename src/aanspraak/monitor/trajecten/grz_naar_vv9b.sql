-- What would move from GRZ to VV9b if GRZ were for people without a Wlz indication only: finished GRZ trajectories
-- that began with Wlz care or a known Wlz indication, per group, with their bed days, beside all of VV9b that year.
-- Question: ZIN 2025, 1.3.1 and 4.1.1. Claims show Wlz care, registers indications; the group
-- 'indicatie_zonder_zorg' has the second and not the first; 'met_wlz_zorg' is all who have the first, as the source
-- counts them, and 'totaal' is both. `ligdagen_bij_vv9b_duur`: if these trajectories lasted as
-- long as the mean VV9b trajectory of that year. Shares in ten-thousandths, rounded half up on whole numbers.
WITH verschuift AS (
    SELECT
        jaar,
        CASE WHEN week_voor <> 'geen_wlz' THEN week_voor ELSE 'indicatie_zonder_zorg' END AS groep,
        CAST(ligduur AS BIGINT) AS ligduur
    FROM trajecten
    WHERE zorgvorm = 'grz' AND (week_voor <> 'geen_wlz' OR indicatie_bij_start)
),

met_totaal AS (
    SELECT * FROM verschuift
    UNION ALL
    SELECT
        jaar,
        'met_wlz_zorg' AS groep,
        ligduur
    FROM verschuift
    WHERE groep <> 'indicatie_zonder_zorg'
    UNION ALL
    SELECT
        jaar,
        'totaal' AS groep,
        ligduur
    FROM verschuift
),

per_groep AS (
    SELECT
        jaar,
        groep,
        count(*) AS trajecten,
        CAST(sum(ligduur) AS BIGINT) AS ligdagen
    FROM met_totaal
    GROUP BY jaar, groep
)

SELECT
    per_groep.jaar,
    per_groep.groep,
    per_groep.trajecten,
    per_groep.ligdagen,
    CAST(
        (2 * per_groep.trajecten * vv9b.ligdagen + vv9b.trajecten) // (2 * vv9b.trajecten) AS BIGINT
    ) AS ligdagen_bij_vv9b_duur,
    vv9b.trajecten AS vv9b_trajecten,
    vv9b.ligdagen AS vv9b_ligdagen,
    CAST(
        CAST((20000 * per_groep.trajecten + vv9b.trajecten) // (2 * vv9b.trajecten) AS DECIMAL(13, 0)) * 0.0001
        AS DECIMAL(18, 4)
    ) AS toename_trajecten,
    CAST(
        CAST((20000 * per_groep.ligdagen + vv9b.ligdagen) // (2 * vv9b.ligdagen) AS DECIMAL(13, 0)) * 0.0001
        AS DECIMAL(18, 4)
    ) AS toename_ligdagen
FROM per_groep
LEFT JOIN ligduur AS vv9b
    ON per_groep.jaar = vv9b.jaar AND vv9b.zorgvorm = 'vv9b' AND vv9b.categorie = 'totaal'
