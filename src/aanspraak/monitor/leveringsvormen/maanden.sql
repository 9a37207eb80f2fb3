-- One row per client and month with any remaining line or grant: the line that decides, the days and the amounts.
-- Method: NZa 2023, Bijlage 3, 1.1 'per persoon de gegevens per maand geaggregeerd'; 1.3 'Uitgaven' and 'Dagen'.
-- All of it in one pass over the lines. No `sleutel`: no line of the month decides its form.
SELECT
    client,
    maandeinde,
    max(sleutel) AS sleutel,
    sum(dagprestaties) AS dagprestaties,
    min(mpt_begin) AS mpt_begin,
    max(mpt_eind) AS mpt_eind,
    sum(bedrag) AS bedrag
FROM maandregels
GROUP BY client, maandeinde
