-- The delivery forms of Significant 2022 (table 2) in terms of the financing forms of the NZa.
-- Table 2 has the first three; mpt and pgb are added, since claims show them as well.
SELECT
    bekostiging,
    leveringsvorm
FROM (
    VALUES
    ('zzp_incl', 'verblijf_met_behandeling'),
    ('zzp_excl', 'verblijf_zonder_behandeling'),
    ('vpt_incl', 'vpt'),
    ('vpt_excl', 'vpt'),
    ('mpt', 'mpt'),
    ('pgb', 'pgb')
) AS vormen (bekostiging, leveringsvorm)
