-- How often the term for an indication that works back is missed (see eerste_besluiten), per year and kind of care.
-- Question: ZIN 2025, 3.3.2. `dagen_te_laat` adds up the days from the end of the term to the decision.
SELECT
    categorie,
    jaar,
    uitkomst,
    count(*) AS trajecten,
    CAST(sum(dagen_te_laat) AS BIGINT) AS dagen_te_laat
FROM eerste_besluiten
GROUP BY categorie, jaar, uitkomst
