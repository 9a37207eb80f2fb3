-- Prestatiecodes die niet in de koppellijst staan
-- Wlz-regels met een code die op de begindatum niet geldt volgens de tabel prestaties.
SELECT
    wlz.prestatiecode,
    count(*) AS regels,
    sum(wlz.bedrag) AS bedrag
FROM wlz_declaraties AS wlz
ANTI JOIN prestaties AS lijst
    ON wlz.prestatiecode = lijst.prestatiecode
    AND wlz.begindatum >= lijst.geldig_van
    AND wlz.begindatum < coalesce(lijst.geldig_tot, DATE '9999-12-31')
GROUP BY wlz.prestatiecode
ORDER BY wlz.prestatiecode
