-- Every finished trajectory: where the client came from and went, which indication came with it, and what it cost.
-- Method: ZIN 2025, bijlage 5A. Who died from the start up to `opties.venster_na` days after the end is `overleden`,
-- whatever care came in between. Once Wlz, always Wlz (`doorgetrokken`): without a Wlz claim after the end, lasting
-- Wlz care of before goes on; in which care forms is in `eens_wlz`. `profiel_*` is for VV9b and crisis care.
WITH overleden AS (
    SELECT
        client,
        min(datum) AS datum
    FROM overlijden
    GROUP BY client
),

rond AS (
    SELECT
        traject.*,
        zorg.voor,
        zorg.na,
        coalesce(
            overleden.datum >= traject.start
            AND date_diff('day', traject.eind, overleden.datum) <= opties.venster_na, false
        ) AS overleden,
        eens_wlz.zorgvorm IS NOT NULL AS trekt_door
    FROM verblijven AS traject
    CROSS JOIN opties
    INNER JOIN zorg_rond_trajecten AS zorg
        ON traject.client = zorg.client AND traject.zorgvorm = zorg.zorgvorm AND traject.start = zorg.start
    LEFT JOIN overleden ON traject.client = overleden.client
    LEFT JOIN eens_wlz ON traject.zorgvorm = eens_wlz.zorgvorm
),

benoemd AS (
    SELECT
        rond.*,
        CASE rond.zorgvorm WHEN 'vv9b' THEN voor.vv9b WHEN 'wlz_crisis' THEN voor.crisis ELSE voor.zvw END AS naam_voor,
        CASE rond.zorgvorm WHEN 'vv9b' THEN na.vv9b WHEN 'wlz_crisis' THEN na.crisis ELSE na.zvw END AS naam_na,
        NOT rond.overleden AND rond.na IS NULL AND rond.trekt_door AND coalesce(voor.blijvend, false) AS doorgetrokken
    FROM rond
    LEFT JOIN toestanden AS voor ON rond.voor = voor.zwaarte
    LEFT JOIN toestanden AS na ON rond.na = na.zwaarte
)

SELECT
    traject.client,
    traject.zorgvorm,
    traject.categorie,
    traject.start,
    traject.eind,
    traject.ligduur,
    traject.jaar,
    coalesce(traject.naam_voor, 'geen_wlz') AS week_voor,
    CASE
        WHEN traject.overleden THEN 'overleden'
        WHEN traject.doorgetrokken THEN traject.naam_voor
        ELSE coalesce(traject.naam_na, 'geen_wlz')
    END AS twee_weken_na,
    traject.doorgetrokken,
    CASE
        WHEN indicatie.eerste_ingang <= traject.eind THEN 'tijdens'
        WHEN indicatie.eerste_ingang > traject.eind THEN 'binnen_2_weken_na'
    END AS indicatie_moment,
    indicatie.eerste_profiel AS indicatie_profiel,
    CASE WHEN traject.zorgvorm IN ('vv9b', 'wlz_crisis') THEN coalesce(indicatie.profiel_voor, 'geen') END
        AS profiel_voor,
    CASE WHEN traject.zorgvorm IN ('vv9b', 'wlz_crisis') THEN coalesce(indicatie.profiel_na, 'geen') END
        AS profiel_na,
    coalesce(indicatie.bekend_bij_start, false) AS indicatie_bij_start,
    indicatie.besluit_na_start,
    indicatie.bekend_vanaf,
    traject.kosten
FROM benoemd AS traject
LEFT JOIN indicaties_rond_trajecten AS indicatie
    ON
        traject.client = indicatie.client
        AND traject.zorgvorm = indicatie.zorgvorm
        AND traject.start = indicatie.start
