-- The result of the method: per client and month the form, sector, profile, days and spending per kind of care.
-- Method: NZa 2023, Bijlage 3, 1.3 'Totale dataset'. No Zvw claim in a month is a spending of 0.
SELECT
    vorm.client,
    vorm.maand,
    vorm.bekostiging,
    vorm.sector,
    vorm.zorgprofiel,
    vorm.dagen,
    vorm.dubbel,
    vorm.uitgaven_wlz,
    CAST(coalesce(zvw_maanden.haz, 0) AS DECIMAL(18, 2)) AS uitgaven_zvw_haz,
    CAST(coalesce(zvw_maanden.frm, 0) AS DECIMAL(18, 2)) AS uitgaven_zvw_frm,
    CAST(coalesce(zvw_maanden.pmz, 0) AS DECIMAL(18, 2)) AS uitgaven_zvw_pmz,
    CAST(coalesce(zvw_maanden.mnd, 0) AS DECIMAL(18, 2)) AS uitgaven_zvw_mnd,
    CAST(coalesce(zvw_maanden.msz, 0) AS DECIMAL(18, 2)) AS uitgaven_zvw_msz,
    CAST(coalesce(zvw_maanden.ggz, 0) AS DECIMAL(18, 2)) AS uitgaven_zvw_ggz,
    CAST(coalesce(zvw_maanden.hlp, 0) AS DECIMAL(18, 2)) AS uitgaven_zvw_hlp,
    CAST(coalesce(zvw_maanden.elv, 0) AS DECIMAL(18, 2)) AS uitgaven_zvw_elv,
    CAST(coalesce(zvw_maanden.grz, 0) AS DECIMAL(18, 2)) AS uitgaven_zvw_grz,
    CAST(coalesce(zvw_maanden.gzs, 0) AS DECIMAL(18, 2)) AS uitgaven_zvw_gzs
FROM leveringsvorm_per_maand AS vorm
LEFT JOIN zvw_maanden ON vorm.client = zvw_maanden.client AND vorm.maand = zvw_maanden.maand
