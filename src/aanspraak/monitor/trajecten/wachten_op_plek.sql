-- How long stays may have been lengthened by waiting for a Wlz place: finished ELV and GRZ trajectories that began
-- without Wlz care and went to a Wlz institution, with the days of stay after an indication was known.
-- Question: ZIN 2025, 3.2.2. `wachtdagen` counts the days from the first on which an indication was given and in force
-- to the last of the stay. It is an upper bound: when treatment was finished is in no claim, and care that went on
-- after the indication may have been needed. Waiting before an indication is not seen.
WITH opgenomen AS (
    SELECT
        zorgvorm,
        jaar,
        twee_weken_na AS naar,
        bekend_vanaf,
        CASE WHEN bekend_vanaf IS NOT NULL THEN date_diff('day', bekend_vanaf, eind) ELSE 0 END AS wachtdagen
    FROM trajecten
    WHERE
        zorgvorm IN ('elv', 'grz')
        AND week_voor = 'geen_wlz'
        AND twee_weken_na IN ('verblijf_met_behandeling', 'verblijf_zonder_behandeling')
)

SELECT
    zorgvorm,
    jaar,
    naar,
    count(*) AS trajecten,
    CAST(sum(CASE WHEN bekend_vanaf IS NOT NULL THEN 1 ELSE 0 END) AS BIGINT) AS met_indicatie,
    CAST(sum(wachtdagen) AS BIGINT) AS wachtdagen
FROM opgenomen
GROUP BY zorgvorm, jaar, naar
