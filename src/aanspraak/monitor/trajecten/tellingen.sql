-- What became of the stays: finished trajectories and what was left out, with the reason; and what is odd.
-- Method: ZIN 2025, bijlage 5A Methode (start years, closing date).
SELECT
    zorgvorm,
    coalesce(uitsluiting, 'trajecten') AS telling,
    count(*) AS aantal
FROM verblijven
GROUP BY zorgvorm, coalesce(uitsluiting, 'trajecten')
UNION ALL
SELECT
    zorgvorm,
    'doorgetrokken' AS telling,
    count(*) AS aantal
FROM trajecten
WHERE doorgetrokken
GROUP BY zorgvorm
UNION ALL
SELECT
    traject.zorgvorm,
    'overleden_voor_start' AS telling,
    count(*) AS aantal
FROM trajecten AS traject
INNER JOIN (SELECT client, min(datum) AS datum FROM overlijden GROUP BY client) AS overleden
    ON traject.client = overleden.client
WHERE overleden.datum < traject.start
GROUP BY traject.zorgvorm
