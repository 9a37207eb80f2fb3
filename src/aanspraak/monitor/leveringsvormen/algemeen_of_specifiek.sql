-- How far claims can say who got general paramedical care where specific care was due: only up to a bound.
-- Claims hold no care question and no judgement of the therapist, and those decide between general and specific
-- (Significant 2022, 2.3 and 5.2). What claims can show: clients with paramedical care from the Zvw, and how many
-- of those had no paramedical treatment claimed from the Wlz in that year. No more than that last number can have
-- been treated under the wrong law without any trace of the right one; the real number lies from 0 up to it.
-- Treatment inside an integral package (zzp or vpt incl) leaves no line, so those forms are not counted.
WITH zvw AS (
    SELECT DISTINCT
        clientmaanden.client,
        CAST(year(clientmaanden.maand) AS INTEGER) AS jaar,
        clientmaanden.sector,
        clientmaanden.bekostiging
    FROM clientmaanden
    WHERE clientmaanden.uitgaven_zvw_pmz > 0 AND clientmaanden.bekostiging NOT IN ('zzp_incl', 'vpt_incl')
),

wlz AS (
    SELECT DISTINCT
        client,
        CAST(year(maand) AS INTEGER) AS jaar
    FROM paramedische_behandelingen
)

SELECT
    zvw.sector,
    zvw.bekostiging,
    zvw.jaar,
    count(*) AS clienten_met_paramedische_zorg_zvw,
    CAST(sum(CASE WHEN wlz.client IS NULL THEN 1 ELSE 0 END) AS BIGINT) AS zonder_paramedische_zorg_wlz
FROM zvw
LEFT JOIN wlz ON zvw.client = wlz.client AND zvw.jaar = wlz.jaar
GROUP BY zvw.sector, zvw.bekostiging, zvw.jaar
