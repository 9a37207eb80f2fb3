-- Where clients went: finished trajectories by the heaviest Wlz care of the two weeks after, or death.
-- Method: ZIN 2025, bijlage 5A 'Binnen twee weken na', tabel 5.2.
SELECT
    zorgvorm,
    categorie,
    jaar,
    twee_weken_na,
    count(*) AS trajecten
FROM trajecten_per_categorie
GROUP BY zorgvorm, categorie, jaar, twee_weken_na
