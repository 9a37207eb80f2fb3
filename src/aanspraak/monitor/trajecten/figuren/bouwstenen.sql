-- What the figures and tables of the report are made of: views over the result tables, in DuckDB.
-- Variables: basisjaar, kleinste_cel. A count under `kleinste_cel` is never shown, nor a share or a mean on it.

CREATE VIEW vormen AS
SELECT
    CASE WHEN zorgvorm = 'wlz_crisis' THEN 'crisis_' || categorie ELSE zorgvorm END AS vorm,
    *
FROM week_voor
WHERE categorie = CASE WHEN zorgvorm = 'wlz_crisis' THEN categorie ELSE 'totaal' END AND categorie IN ('vv', 'ghz', 'totaal')
    AND NOT (zorgvorm = 'wlz_crisis' AND categorie = 'totaal');

-- Table 5.1: trajectories of the base year per form and group of before.
CREATE VIEW inzet_per_groep AS
SELECT
    vorm,
    CASE WHEN week_voor IN ('crisis', 'vv9', 'vv9_anders', 'vv9_verblijf_met_behandeling') THEN 'overig' ELSE week_voor END
        AS groep,
    sum(trajecten) AS trajecten
FROM vormen
WHERE jaar = getvariable('basisjaar')
GROUP BY ALL;

-- Table 5.2: trajectories of the base year per form and where clients went.
CREATE VIEW uitstroom AS
SELECT
    zorgvorm AS vorm,
    CASE
        WHEN twee_weken_na IN ('crisis', 'vv9', 'vv9_anders', 'vv9_verblijf_met_behandeling') THEN 'overig'
        ELSE twee_weken_na
    END AS naar,
    sum(trajecten) AS trajecten
FROM twee_weken_na
WHERE categorie = 'totaal' AND jaar = getvariable('basisjaar')
GROUP BY ALL;

CREATE MACRO getoond(n) AS CASE WHEN n = 0 OR n >= getvariable('kleinste_cel') THEN n END;

CREATE VIEW profielen AS
SELECT
    zorgvorm,
    jaar,
    moment,
    CASE
        WHEN zorgvorm IN ('vv9b', 'wlz_crisis') AND NOT starts_with(zorgprofiel, 'VV')
            AND zorgprofiel NOT IN ('geen', 'onbekend', 'totaal') THEN 'niet_vv'
        ELSE zorgprofiel
    END AS zorgprofiel,
    sum(trajecten) AS trajecten
FROM indicaties
GROUP BY ALL;
