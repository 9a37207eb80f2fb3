-- The finished trajectories once under their own category and once under all of the care form.
-- Method: ZIN 2025, bijlage 5A shows both.
SELECT
    zorgvorm,
    categorie,
    jaar,
    ligduur,
    week_voor,
    twee_weken_na
FROM trajecten
UNION ALL
SELECT
    zorgvorm,
    'totaal' AS categorie,
    jaar,
    ligduur,
    week_voor,
    twee_weken_na
FROM trajecten
