-- From where to where: finished trajectories by the week before and the two weeks after together. `doorgetrokken` is
-- how many of them had no Wlz claim in the weeks after and keep the form of before (once Wlz, always Wlz).
-- Method: ZIN 2025, bijlage 5A 'Week voorafgaand – twee weken na afloop'; there in six groups, here in full.
SELECT
    zorgvorm,
    jaar,
    week_voor,
    twee_weken_na,
    count(*) AS trajecten,
    CAST(sum(CASE WHEN doorgetrokken THEN 1 ELSE 0 END) AS BIGINT) AS doorgetrokken
FROM trajecten
GROUP BY zorgvorm, jaar, week_voor, twee_weken_na
