-- Finished crisis trajectories that began without Wlz care in the week before and without a known indication, by when
-- the first decision after admission was given.
-- Question: ZIN 2025, 3.3.2; the term is `opties.termijn_indicatie` days (Blz). 'binnen_termijn' and 'na_termijn': a
-- decision given up to `opties.venster_na` days after the end; 'overleden' and 'geen_besluit': none by then.
-- `dagen_te_laat` counts from the end of the term to the decision.
-- When the application was made is in no register, so the term is counted from admission. A refusal leaves no trace:
-- it is among 'geen_besluit'.
WITH opgenomen AS (
    SELECT
        traject.client,
        traject.start,
        traject.categorie,
        traject.jaar,
        traject.twee_weken_na,
        CASE
            WHEN date_diff('day', traject.eind, traject.besluit_na_start) <= opties.venster_na
                THEN date_diff('day', traject.start, traject.besluit_na_start)
        END AS dagen,
        opties.termijn_indicatie AS termijn
    FROM trajecten AS traject
    CROSS JOIN opties
    WHERE traject.zorgvorm = 'wlz_crisis' AND traject.week_voor = 'geen_wlz' AND NOT traject.indicatie_bij_start
)

SELECT
    client,
    start,
    categorie,
    jaar,
    CASE
        WHEN dagen <= termijn THEN 'binnen_termijn'
        WHEN dagen > termijn THEN 'na_termijn'
        WHEN twee_weken_na = 'overleden' THEN 'overleden'
        ELSE 'geen_besluit'
    END AS uitkomst,
    CAST(CASE WHEN dagen > termijn THEN dagen - termijn ELSE 0 END AS BIGINT) AS dagen_te_laat
FROM opgenomen
