-- Finished trajectories by Wlz indication. ELV and GRZ: the first indication that takes effect during the trajectory
-- or within two weeks after it. VV9b and crisis care: the profile in force in the week before, and up to two weeks
-- after. A row 'totaal' holds all of a moment.
-- Method: ZIN 2025, bijlage 5A 'Wlz indicaties' and 'Zorgprofiel indicatie'.
WITH momenten AS (
    SELECT
        zorgvorm,
        jaar,
        indicatie_moment AS moment,
        indicatie_profiel AS zorgprofiel
    FROM trajecten
    WHERE zorgvorm IN ('elv', 'grz') AND indicatie_moment IS NOT NULL
    UNION ALL
    SELECT
        zorgvorm,
        jaar,
        'week_voor' AS moment,
        profiel_voor AS zorgprofiel
    FROM trajecten
    WHERE zorgvorm IN ('vv9b', 'wlz_crisis')
    UNION ALL
    SELECT
        zorgvorm,
        jaar,
        'tot_en_met_2_weken_na' AS moment,
        profiel_na AS zorgprofiel
    FROM trajecten
    WHERE zorgvorm IN ('vv9b', 'wlz_crisis')
),

met_totaal AS (
    SELECT * FROM momenten
    UNION ALL
    SELECT
        zorgvorm,
        jaar,
        moment,
        'totaal' AS zorgprofiel
    FROM momenten
)

SELECT
    zorgvorm,
    jaar,
    moment,
    zorgprofiel,
    count(*) AS trajecten
FROM met_totaal
GROUP BY zorgvorm, jaar, moment, zorgprofiel
