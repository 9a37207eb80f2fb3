-- The lines of the files, each under the municipality that it belongs to in the newest division.
SELECT
    regels.jaar,
    coalesce(samengevoegd.nieuw, regels.gemeente) AS gemeente,
    regels.geslacht,
    regels.leeftijdsklasse,
    regels.soort,
    regels.verzekerdejaren,
    regels.kosten
FROM regels
LEFT JOIN samengevoegd ON regels.gemeente = samengevoegd.oud
