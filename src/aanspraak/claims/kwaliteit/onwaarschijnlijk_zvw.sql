-- Onwaarschijnlijke Zvw-declaraties
-- Toegestaan, maar zelden bedoeld. Een regel kan onder meer dan één kenmerk vallen.
WITH kenmerken AS (
    SELECT 1 AS plaats, 'zonder client' AS kenmerk, client IS NULL OR trim(client) IN ('', '0') AS geldt, bedrag
    FROM zvw_declaraties
    UNION ALL
    SELECT 2, 'bedrag is nul', bedrag = 0, bedrag FROM zvw_declaraties
    UNION ALL
    SELECT 3, 'aantal is nul', aantal = 0, bedrag FROM zvw_declaraties
    UNION ALL
    SELECT 4, 'begin en eind in verschillende maanden',
        date_trunc('month', begindatum) <> date_trunc('month', einddatum), bedrag
    FROM zvw_declaraties
    UNION ALL
    SELECT 5, 'einddatum na vandaag', einddatum > current_date, bedrag FROM zvw_declaraties
)
SELECT
    kenmerk,
    count(*) FILTER (WHERE geldt) AS regels,
    coalesce(sum(bedrag) FILTER (WHERE geldt), 0) AS bedrag
FROM kenmerken
GROUP BY plaats, kenmerk
ORDER BY plaats
