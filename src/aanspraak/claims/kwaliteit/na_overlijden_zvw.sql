-- Zvw-zorg na het overlijden
-- Regels met een begindatum na de dag waarop de cliënt is overleden.
SELECT
    prestatiecode,
    count(*) AS regels,
    sum(bedrag) AS bedrag
FROM zvw_declaraties AS zorg
INNER JOIN overlijden USING (client)
WHERE zorg.begindatum > overlijden.datum
GROUP BY prestatiecode
ORDER BY prestatiecode
