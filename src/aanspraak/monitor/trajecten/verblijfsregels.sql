-- The claims for days of short-term care, with what becomes of each; claims that are credited cancel out.
-- Method: ZIN 2025, bijlage 5A: ELV and GRZ from the Zvw, VV9b (with stay and treatment) and crisis care from the Wlz.
-- The source says nothing of corrections. Here lines of one performance and the same dates are added up, so that a
-- claim and its credit are no care. A line that is left out for more than one reason counts under the first.
-- A Zvw line is a stay unless the koppellijst says that its prestatiecode is no day performance.
WITH regels AS (
    SELECT
        zvw.client,
        CASE zvw.sector WHEN 'ELV' THEN 'elv' ELSE 'grz' END AS zorgvorm,
        coalesce(zvw.zorgsoort, 'onbekend') AS categorie,
        coalesce(zvw.prestatiecode, '') AS prestatiecode,
        zvw.begindatum,
        zvw.einddatum,
        zvw.bedrag,
        coalesce(koppellijst.dagprestatie, true) AS dagprestatie
    FROM zvw_declaraties AS zvw
    LEFT JOIN prestaties AS koppellijst
        ON
            zvw.prestatiecode = koppellijst.prestatiecode
            AND zvw.begindatum >= koppellijst.geldig_van
            AND (koppellijst.geldig_tot IS NULL OR zvw.begindatum < koppellijst.geldig_tot)
    WHERE zvw.sector IN ('ELV', 'GRZ')
    UNION ALL
    SELECT
        wlz.client,
        CASE koppellijst.soort WHEN 'crisis' THEN 'wlz_crisis' ELSE 'vv9b' END AS zorgvorm,
        CASE
            WHEN koppellijst.soort = 'vv9b' THEN 'vv9b'
            WHEN koppellijst.sector IS NULL THEN 'onbekend'
            WHEN koppellijst.sector IN ('vv', 'ggz') THEN koppellijst.sector
            ELSE 'ghz'
        END AS categorie,
        wlz.prestatiecode,
        wlz.begindatum,
        wlz.einddatum,
        wlz.bedrag,
        koppellijst.dagprestatie
    FROM wlz_declaraties AS wlz
    INNER JOIN prestaties AS koppellijst
        ON
            wlz.prestatiecode = koppellijst.prestatiecode
            AND wlz.begindatum >= koppellijst.geldig_van
            AND (koppellijst.geldig_tot IS NULL OR wlz.begindatum < koppellijst.geldig_tot)
    WHERE
        koppellijst.soort = 'crisis'
        OR (koppellijst.soort = 'vv9b' AND koppellijst.leveringsvorm = 'zzp' AND koppellijst.behandeling = 'incl')
),

gesaldeerd AS (
    SELECT
        client,
        zorgvorm,
        categorie,
        prestatiecode,
        begindatum,
        einddatum,
        dagprestatie,
        count(*) AS regels,
        CAST(sum(bedrag) AS DECIMAL(18, 2)) AS bedrag
    FROM regels
    GROUP BY client, zorgvorm, categorie, prestatiecode, begindatum, einddatum, dagprestatie
)

SELECT
    *,
    CASE
        WHEN client IS NULL OR client IN ('', '0') THEN 'client_leeg'
        WHEN NOT dagprestatie THEN 'geen_dagprestatie'
        WHEN bedrag <= 0 THEN 'saldo_nul_of_negatief'
    END AS correctie
FROM gesaldeerd
