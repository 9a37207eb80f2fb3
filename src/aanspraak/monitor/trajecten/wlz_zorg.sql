-- Wlz care of everyone with a stay: from when to when, and how heavy (see toestanden).
-- Method: ZIN 2025, bijlage 5A 'Zorggebruik voor en na een traject'. Crisis care, day performances of zzp and vpt,
-- modular care and pgb grants say where someone is; toeslagen and mutatiedagen do not. Lines of one performance and
-- the same dates are added up; without a positive sum there was no care.
WITH klanten AS (
    SELECT DISTINCT client FROM verblijven
),

regels AS (
    SELECT
        wlz.client,
        wlz.begindatum AS begin,
        wlz.einddatum AS eind,
        CASE
            WHEN koppellijst.soort = 'crisis' THEN 7
            WHEN koppellijst.soort IN ('toeslag', 'mutatiedag') THEN 0
            WHEN koppellijst.leveringsvorm = 'mpt' THEN 2
            WHEN koppellijst.soort NOT IN ('basis', 'vv9b') THEN 0
            WHEN koppellijst.leveringsvorm = 'zzp' AND koppellijst.behandeling = 'incl' THEN 6
            WHEN koppellijst.leveringsvorm = 'zzp' AND koppellijst.behandeling = 'excl' THEN 4
            WHEN koppellijst.leveringsvorm = 'vpt' THEN 2
            ELSE 0
        END AS vorm,
        CASE WHEN koppellijst.leveringsvorm = 'mpt' THEN pakketten.sector ELSE koppellijst.sector END AS sector,
        CASE
            WHEN koppellijst.leveringsvorm = 'mpt' THEN pakketten.zorgprofiel ELSE koppellijst.zorgprofiel
        END AS zorgprofiel,
        wlz.prestatiecode,
        wlz.bedrag
    FROM wlz_declaraties AS wlz
    INNER JOIN klanten ON wlz.client = klanten.client
    INNER JOIN prestaties AS koppellijst
        ON
            wlz.prestatiecode = koppellijst.prestatiecode
            AND wlz.begindatum >= koppellijst.geldig_van
            AND (koppellijst.geldig_tot IS NULL OR wlz.begindatum < koppellijst.geldig_tot)
    LEFT JOIN zorgzwaartepakketten AS pakketten ON wlz.zorgzwaartepakket = pakketten.zorgzwaartepakket
),

zorg AS (
    SELECT
        client,
        begin,
        eind,
        vorm,
        sector,
        zorgprofiel
    FROM regels
    WHERE vorm > 0
    GROUP BY client, begin, eind, vorm, sector, zorgprofiel, prestatiecode
    HAVING sum(bedrag) > 0
    UNION ALL
    SELECT
        pgb.client,
        pgb.begindatum AS begin,
        pgb.einddatum AS eind,
        2 AS vorm,
        pakketten.sector,
        pakketten.zorgprofiel
    FROM pgb_toekenningen AS pgb
    INNER JOIN klanten ON pgb.client = klanten.client
    LEFT JOIN zorgzwaartepakketten AS pakketten ON pgb.zorgzwaartepakket = pakketten.zorgzwaartepakket
    WHERE pgb.bedrag IS NULL OR pgb.bedrag > 0
)

SELECT DISTINCT
    zorg.client,
    zorg.begin,
    zorg.eind,
    CASE
        WHEN zorg.vorm < 7 AND zorg.sector = opties.herstel_sector AND zorg.zorgprofiel = opties.herstel_profiel
            THEN zorg.vorm - 1
        ELSE zorg.vorm
    END AS zwaarte
FROM zorg
CROSS JOIN opties
