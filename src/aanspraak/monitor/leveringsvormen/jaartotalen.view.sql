-- Days and spending of the client-months added up per sector (the ghz as a whole as well), form, profile, year.
-- Method: NZa 2023, Bijlage 3, ch. 4 and 5: totals first, so that a mean is never a mean of means.
SELECT
    groep,
    bekostiging,
    zorgprofiel,
    jaar,
    sum(dagen) AS dagen,
    sum(uitgaven_wlz) AS wlz,
    sum(uitgaven_zvw_haz) AS haz,
    sum(uitgaven_zvw_frm) AS frm,
    sum(uitgaven_zvw_pmz) AS pmz,
    sum(uitgaven_zvw_mnd) AS mnd,
    sum(uitgaven_zvw_msz) AS msz,
    sum(uitgaven_zvw_ggz) AS ggz,
    sum(uitgaven_zvw_hlp) AS hlp,
    sum(uitgaven_zvw_elv) AS elv,
    sum(uitgaven_zvw_grz) AS grz,
    sum(uitgaven_zvw_gzs) AS gzs
FROM clientmaanden_per_groep
GROUP BY groep, bekostiging, zorgprofiel, jaar
