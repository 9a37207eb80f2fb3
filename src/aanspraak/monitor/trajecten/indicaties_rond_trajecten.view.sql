-- Per finished trajectory which Wlz indications it met.
-- Method: ZIN 2025, bijlage 5A 'Wlz indicaties'. `eerste_*`: the first that takes effect from the start up to
-- `opties.venster_na` days after the end. `profiel_voor`: the profile in force on some day of the week before;
-- `profiel_na`: in force on some day from that week up to and including the window after; of more than one the last
-- to take effect. Around VV9b the profile of VV9b itself is left out, as in the source.
-- For the questions of policy: `bekend_bij_start`, an indication given and in force on the first day;
-- `besluit_na_start`, the first one given after that day; `bekend_vanaf`, the first day of the stay on which one was
-- given and had taken effect.
-- Ties: by afgiftedatum, then the highest zorgzwaartepakket.
WITH samen AS (
    SELECT
        traject.client,
        traject.zorgvorm,
        traject.start,
        traject.eind,
        indicatie.afgiftedatum,
        indicatie.ingangsdatum,
        coalesce(indicatie.zorgzwaartepakket, '') AS pakket,
        coalesce(upper(pakketten.sector) || CAST(pakketten.zorgprofiel AS VARCHAR), 'onbekend') AS profiel,
        indicatie.ingangsdatum >= traject.start
        AND date_diff('day', traject.eind, indicatie.ingangsdatum) <= opties.venster_na AS nieuw,
        indicatie.afgiftedatum <= traject.start
        AND indicatie.ingangsdatum <= traject.start
        AND (indicatie.einddatum IS NULL OR indicatie.einddatum >= traject.start) AS bekend_bij_start,
        indicatie.afgiftedatum <= traject.eind
        AND indicatie.ingangsdatum <= traject.eind
        AND (indicatie.einddatum IS NULL OR indicatie.einddatum >= traject.start) AS bekend_voor_eind,
        date_diff('day', traject.eind, indicatie.ingangsdatum) <= opties.venster_na
        AND (
            indicatie.einddatum IS NULL
            OR date_diff('day', indicatie.einddatum, traject.start) <= opties.venster_voor
        )
        AND NOT (
            traject.zorgvorm = 'vv9b'
            AND coalesce(pakketten.sector = opties.herstel_sector, false)
            AND coalesce(pakketten.zorgprofiel = opties.herstel_profiel, false)
        ) AS geldig
    FROM verblijven AS traject
    CROSS JOIN opties
    INNER JOIN indicatiebesluiten AS indicatie ON traject.client = indicatie.client
    LEFT JOIN zorgzwaartepakketten AS pakketten
        ON indicatie.zorgzwaartepakket = pakketten.zorgzwaartepakket
    WHERE traject.uitsluiting IS NULL
),

geordend AS (
    SELECT
        *,
        row_number() OVER (
            PARTITION BY client, zorgvorm, start, nieuw ORDER BY ingangsdatum, afgiftedatum, pakket DESC
        ) AS eerste,
        row_number() OVER (
            PARTITION BY client, zorgvorm, start, geldig ORDER BY ingangsdatum DESC, afgiftedatum DESC, pakket DESC
        ) AS laatste,
        row_number() OVER (
            PARTITION BY client, zorgvorm, start, geldig AND ingangsdatum < start
            ORDER BY ingangsdatum DESC, afgiftedatum DESC, pakket DESC
        ) AS laatste_voor
    FROM samen
)

SELECT
    client,
    zorgvorm,
    start,
    max(CASE WHEN nieuw AND eerste = 1 THEN ingangsdatum END) AS eerste_ingang,
    max(CASE WHEN nieuw AND eerste = 1 THEN profiel END) AS eerste_profiel,
    max(CASE WHEN geldig AND ingangsdatum < start AND laatste_voor = 1 THEN profiel END) AS profiel_voor,
    max(CASE WHEN geldig AND laatste = 1 THEN profiel END) AS profiel_na,
    max(CASE WHEN bekend_bij_start THEN 1 ELSE 0 END) = 1 AS bekend_bij_start,
    min(CASE WHEN afgiftedatum > start THEN afgiftedatum END) AS besluit_na_start,
    min(CASE WHEN bekend_voor_eind THEN greatest(ingangsdatum, afgiftedatum, start) END) AS bekend_vanaf
FROM geordend
GROUP BY client, zorgvorm, start
