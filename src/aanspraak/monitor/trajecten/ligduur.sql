-- Stay in days of finished trajectories: total, mean and standard deviation. The first and the last day both count.
-- Method: ZIN 2025, bijlage 5A 'Gemiddelde ligduur in dagen'. The source does not say which standard deviation; here
-- that of a sample, and none for a single trajectory. Rounded half up on whole hundredths.
WITH sommen AS (
    SELECT
        zorgvorm,
        categorie,
        jaar,
        count(*) AS trajecten,
        sum(CAST(ligduur AS BIGINT)) AS ligdagen,
        sum(CAST(ligduur AS BIGINT) * ligduur) AS kwadraten
    FROM trajecten_per_categorie
    GROUP BY zorgvorm, categorie, jaar
)

SELECT
    zorgvorm,
    categorie,
    jaar,
    trajecten,
    CAST(ligdagen AS BIGINT) AS ligdagen,
    CAST(CAST((200 * ligdagen + trajecten) // (2 * trajecten) AS DECIMAL(15, 0)) * 0.01 AS DECIMAL(18, 2))
        AS gemiddelde_ligduur,
    CASE
        WHEN trajecten > 1
            THEN CAST(
                CAST(
                    floor(
                        100 * sqrt(
                            CAST(trajecten * kwadraten - ligdagen * ligdagen AS DOUBLE)
                            / CAST(trajecten * (trajecten - 1) AS DOUBLE)
                        ) + 0.5
                    ) AS DECIMAL(15, 0)
                ) * 0.01 AS DECIMAL(18, 2)
            )
    END AS sd
FROM sommen
