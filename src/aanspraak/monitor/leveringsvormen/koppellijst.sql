-- The koppellijst with, per row, the financing form that a claim line can give to its month, and its precedence.
-- Method: NZa 2023, Bijlage 3, 1.1 'Leveringsvorm en bekostigingsoptie' and 'Selecties en aggregaties'.
-- Only basic performances of zzp and vpt decide (a stay under VV9b is a zzp too) and, failing those, modular
-- care. Toeslagen, mutatiedagen and crisis never decide. `volgorde` settles lines with the same dates:
-- zzp_incl before zzp_excl before vpt_incl before vpt_excl, then the highest prestatiecode.
-- `voorrang` is the part of maandregels.sleutel that the prestatiecode brings: 2 for zzp and vpt or 1 for mpt, and
-- volgorde, each at its place; it is missing where the code decides nothing.
WITH vormen AS (
    SELECT
        *,
        CASE
            WHEN soort IN ('basis', 'vv9b') AND leveringsvorm IN ('zzp', 'vpt')
                THEN leveringsvorm || '_' || behandeling
            WHEN leveringsvorm = 'mpt' AND soort NOT IN ('toeslag', 'mutatiedag', 'crisis') THEN 'mpt'
        END AS bekostiging
    FROM prestaties
),

geordend AS (
    SELECT
        *,
        row_number() OVER (
            ORDER BY
                CASE bekostiging
                    WHEN 'zzp_incl' THEN 4 WHEN 'zzp_excl' THEN 3 WHEN 'vpt_incl' THEN 2 WHEN 'vpt_excl' THEN 1
                    ELSE 0
                END,
                prestatiecode,
                geldig_van
        ) AS volgorde
    FROM vormen
)

SELECT
    prestatiecode,
    geldig_van,
    geldig_tot,
    soort,
    bekostiging,
    bekostiging <> 'mpt' AND dagprestatie AS telt_dagen,
    bekostiging = 'mpt' AS mpt,
    sector,
    zorgprofiel,
    volgorde,
    CASE WHEN bekostiging = 'mpt' THEN 100000000000000000 WHEN bekostiging IS NOT NULL THEN 200000000000000000 END
    + volgorde * 10000 AS voorrang
FROM geordend
