-- Zvw spending per Wlz client, month (that of begindatum) and sector: basis and aanvullend together.
-- Method: NZa 2023, Bijlage 3, 1.2 'Selecties en aggregaties'. Sums that are not positive are kept here, to be
-- counted; `zvw_maanden` leaves them out.
SELECT
    client,
    CAST(date_trunc('month', begindatum) AS DATE) AS maand,
    sector,
    CAST(sum(bedrag) AS DECIMAL(18, 2)) AS uitgaven
FROM zvw_declaraties
WHERE client IN (SELECT client FROM clienten)
GROUP BY 1, 2, 3
