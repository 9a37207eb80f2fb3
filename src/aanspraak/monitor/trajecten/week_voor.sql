-- Where clients came from: finished trajectories by the heaviest Wlz care of the week before.
-- Method: ZIN 2025, bijlage 5A 'Week voorafgaand', tabel 5.1.
SELECT
    zorgvorm,
    categorie,
    jaar,
    week_voor,
    count(*) AS trajecten
FROM trajecten_per_categorie
GROUP BY zorgvorm, categorie, jaar, week_voor
