-- Every pgb grant, and why it is left out: the corrections of the claims hold for the grants as well.
-- Method: NZa 2023, Bijlage 3, 1.1 'Correcties' ('op deze datasets').
SELECT
    client,
    begindatum,
    einddatum,
    zorgzwaartepakket,
    bedrag,
    CASE
        WHEN bedrag <= 0 THEN 'bedrag_nul_of_negatief'
        WHEN client IS NULL OR client IN ('', '0') THEN 'client_leeg'
    END AS correctie
FROM pgb_toekenningen
