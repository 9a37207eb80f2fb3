-- Sectors that are also counted together: ghz is the whole care for disabled people.
-- Method: NZa 2023, Bijlage 3, 1.1 'Selecties en aggregaties', which lists the parts of the ghz.
SELECT
    sector,
    groep
FROM (
    VALUES ('vg', 'ghz'), ('lvg', 'ghz'), ('sglvg', 'ghz'), ('lg', 'ghz'), ('zgaud', 'ghz'), ('zgvis', 'ghz')
) AS groepen (sector, groep)
