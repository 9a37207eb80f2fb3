-- Per finished trajectory the weight of the heaviest Wlz care in the days before its start and after its end.
-- Method: ZIN 2025, bijlage 5A 'Zorggebruik voor en na een traject'. No care in a window: no weight.
SELECT
    traject.client,
    traject.zorgvorm,
    traject.start,
    max(
        CASE
            WHEN zorg.begin < traject.start AND date_diff('day', zorg.eind, traject.start) <= opties.venster_voor
                THEN zorg.zwaarte
        END
    ) AS voor,
    max(
        CASE
            WHEN zorg.eind > traject.eind AND date_diff('day', traject.eind, zorg.begin) <= opties.venster_na
                THEN zorg.zwaarte
        END
    ) AS na
FROM verblijven AS traject
CROSS JOIN opties
LEFT JOIN wlz_zorg AS zorg ON traject.client = zorg.client
WHERE traject.uitsluiting IS NULL
GROUP BY traject.client, traject.zorgvorm, traject.start
