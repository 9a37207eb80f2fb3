-- Positive Zvw spending per client and month, a column for each sector.
-- Method: NZa 2023, Bijlage 3, 1.2: only positive values per person and month are kept.
SELECT
    client,
    maand,
    sum(uitgaven) FILTER (WHERE sector = 'HAZ') AS haz,
    sum(uitgaven) FILTER (WHERE sector = 'FRM') AS frm,
    sum(uitgaven) FILTER (WHERE sector = 'PMZ') AS pmz,
    sum(uitgaven) FILTER (WHERE sector = 'MND') AS mnd,
    sum(uitgaven) FILTER (WHERE sector = 'MSZ') AS msz,
    sum(uitgaven) FILTER (WHERE sector = 'GGZ') AS ggz,
    sum(uitgaven) FILTER (WHERE sector = 'HLP') AS hlp,
    sum(uitgaven) FILTER (WHERE sector = 'ELV') AS elv,
    sum(uitgaven) FILTER (WHERE sector = 'GRZ') AS grz,
    sum(uitgaven) FILTER (WHERE sector = 'GZS') AS gzs
FROM zvw_sommen
WHERE uitgaven > 0
GROUP BY client, maand
