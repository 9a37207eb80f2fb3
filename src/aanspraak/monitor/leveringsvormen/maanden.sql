-- One row per client and month with any remaining line or grant: the last lines, the days and the amounts.
-- Method: NZa 2023, Bijlage 3, 1.1 'per persoon de gegevens per maand geaggregeerd'; 1.3 'Uitgaven' and 'Dagen'.
SELECT
    client,
    maand,
    max(basis_sleutel) AS basis_sleutel,
    max(mpt_sleutel) AS mpt_sleutel,
    max(pgb_sleutel) AS pgb_sleutel,
    sum(dagprestaties) AS dagprestaties,
    min(mpt_begin) AS mpt_begin,
    max(mpt_eind) AS mpt_eind,
    sum(bedrag) AS bedrag
FROM maandregels
GROUP BY client, maand
