-- What care costs nationally for one insured year of this age and sex, in this year.
SELECT
    soort,
    jaar,
    geslacht,
    leeftijdsklasse,
    sum(kosten) / nullif(sum(verzekerdejaren), 0) AS tarief
FROM gemeenten
WHERE gemeente IS NOT NULL
GROUP BY soort, jaar, geslacht, leeftijdsklasse
