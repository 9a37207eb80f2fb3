-- What the figures and tables of the report are made of: views over the result tables, in DuckDB.
-- Variables: basisjaar, kleinste_cel. Table: getoonde_profielen (sector, van, tot).
-- A cell of fewer than `kleinste_cel` weighted clients is never shown, nor a share or a mean that rests on it.

CREATE VIEW jaren AS
SELECT
    * REPLACE (CASE WHEN gewogen_clienten >= getvariable('kleinste_cel') THEN aandeel END AS aandeel),
    CASE WHEN gewogen_clienten >= getvariable('kleinste_cel') THEN gewogen_clienten END AS clienten,
    gewogen_clienten >= getvariable('kleinste_cel') AS groot_genoeg
FROM clienten_per_jaar
WHERE sector IN ('ghz', 'vg', 'vv');

CREATE VIEW profielen AS
SELECT
    * REPLACE (CASE WHEN gewogen_clienten >= getvariable('kleinste_cel') THEN aandeel END AS aandeel),
    CASE WHEN gewogen_clienten >= getvariable('kleinste_cel') THEN gewogen_clienten END AS clienten,
    gewogen_clienten >= getvariable('kleinste_cel') AS groot_genoeg
FROM clienten_per_profiel
WHERE sector IN ('ghz', 'vg', 'vv') AND zorgprofiel IS NOT NULL;

CREATE VIEW profielen_getoond AS
SELECT profielen.*
FROM profielen
INNER JOIN getoonde_profielen AS getoond
    ON profielen.sector = getoond.sector AND profielen.zorgprofiel BETWEEN getoond.van AND getoond.tot;

-- All profiles together. A pgb has no spending of its own in this method.
CREATE VIEW uitgaven_jaar AS
SELECT
    uitgaven_per_dag.*,
    jaren.gewogen_clienten
FROM uitgaven_per_dag
INNER JOIN jaren
    ON
        uitgaven_per_dag.sector = jaren.sector
        AND uitgaven_per_dag.bekostiging = jaren.bekostiging
        AND uitgaven_per_dag.jaar = jaren.jaar
WHERE uitgaven_per_dag.zorgprofiel IS NULL AND uitgaven_per_dag.bekostiging <> 'pgb' AND jaren.groot_genoeg;

CREATE VIEW uitgaven_profiel AS
SELECT uitgaven_per_dag.*
FROM uitgaven_per_dag
INNER JOIN profielen_getoond AS cel
    ON
        uitgaven_per_dag.sector = cel.sector
        AND uitgaven_per_dag.bekostiging = cel.bekostiging
        AND uitgaven_per_dag.zorgprofiel = cel.zorgprofiel
        AND uitgaven_per_dag.jaar = cel.jaar
WHERE uitgaven_per_dag.jaar = getvariable('basisjaar') AND cel.groot_genoeg;
