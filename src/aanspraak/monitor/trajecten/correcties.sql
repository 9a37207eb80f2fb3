-- What happened to the claims for short-term care: how many lines, and how many euros, each correction took.
SELECT
    zorgvorm,
    coalesce(correctie, 'gebruikt') AS lot,
    CAST(sum(regels) AS BIGINT) AS regels,
    CAST(sum(bedrag) AS DECIMAL(18, 2)) AS bedrag
FROM verblijfsregels
GROUP BY zorgvorm, coalesce(correctie, 'gebruikt')
