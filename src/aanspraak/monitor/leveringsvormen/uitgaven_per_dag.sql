-- Spending per day and kind of care; rows without zorgprofiel hold all profiles together (unknown ones too).
-- Method: NZa 2023, Bijlage 3, 1.3 and ch. 4-5: total spending / total days of the cell, half up to the cent.
-- A pgb has no days and no Wlz spending, so no mean; nor has a cell with 0 days.
WITH cellen AS (
    SELECT
        *,
        false AS alle_profielen
    FROM jaartotalen
    WHERE zorgprofiel IS NOT NULL
    UNION ALL
    SELECT
        *,
        true AS alle_profielen
    FROM jaartotalen
),

per_soort AS (
    SELECT
        cellen.groep,
        cellen.bekostiging,
        CASE WHEN NOT cellen.alle_profielen THEN cellen.zorgprofiel END AS profiel,
        cellen.jaar,
        soorten.soort_zorg,
        cellen.dagen,
        CASE soorten.soort_zorg
            WHEN 'wlz' THEN cellen.wlz
            WHEN 'zvw_haz' THEN cellen.haz
            WHEN 'zvw_frm' THEN cellen.frm
            WHEN 'zvw_pmz' THEN cellen.pmz
            WHEN 'zvw_mnd' THEN cellen.mnd
            WHEN 'zvw_msz' THEN cellen.msz
            WHEN 'zvw_ggz' THEN cellen.ggz
            WHEN 'zvw_hlp' THEN cellen.hlp
            WHEN 'zvw_elv' THEN cellen.elv
            WHEN 'zvw_grz' THEN cellen.grz
            WHEN 'zvw_gzs' THEN cellen.gzs
        END AS uitgaven
    FROM cellen
    CROSS JOIN (
        VALUES
        ('wlz'), ('zvw_haz'), ('zvw_frm'), ('zvw_pmz'), ('zvw_mnd'), ('zvw_msz'), ('zvw_ggz'), ('zvw_hlp'),
        ('zvw_elv'), ('zvw_grz'), ('zvw_gzs')
    ) AS soorten (soort_zorg)
),

opgeteld AS (
    SELECT
        groep,
        bekostiging,
        profiel,
        jaar,
        soort_zorg,
        sum(dagen) AS dagen,
        sum(uitgaven) AS uitgaven,
        -- whole ten-thousandths of days and hundredths of euros: division below stays exact
        CAST(sum(dagen) * 10000 AS BIGINT) AS dagdelen,
        CAST(sum(uitgaven) * 100 AS BIGINT) AS centen
    FROM per_soort
    GROUP BY groep, bekostiging, profiel, jaar, soort_zorg
)

SELECT
    groep AS sector,
    bekostiging,
    profiel AS zorgprofiel,
    jaar,
    soort_zorg,
    CAST(dagen AS DECIMAL(18, 4)) AS dagen,
    CAST(uitgaven AS DECIMAL(18, 2)) AS uitgaven,
    CASE
        WHEN dagdelen > 0
            THEN
                CAST(
                    CAST((20000 * centen + dagdelen) // (2 * dagdelen) AS DECIMAL(15, 0)) * 0.01 AS DECIMAL(18, 2)
                )
    END AS uitgaven_per_dag
FROM opgeteld
