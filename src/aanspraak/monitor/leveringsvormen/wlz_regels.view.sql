-- Every Wlz claim line with its month (that of begindatum), its row of the koppellijst, and why it is left out.
-- A month is named by its last day, which costs an engine least; the results name it by its first.
-- Method: NZa 2023, Bijlage 3, 1.1 'Correcties': no zero or negative amounts, no client number 0, no elv or gzsp.
-- A line that is left out for more than one reason counts under the first.
SELECT
    regel.client,
    last_day(regel.begindatum) AS maandeinde,
    regel.begindatum,
    regel.einddatum,
    regel.prestatiecode,
    regel.zorgzwaartepakket,
    regel.aantal,
    regel.bedrag,
    koppellijst.soort,
    koppellijst.mpt,
    koppellijst.telt_dagen,
    koppellijst.voorrang,
    CASE
        WHEN regel.bedrag <= 0 THEN 'bedrag_nul_of_negatief'
        WHEN regel.client IS NULL OR regel.client IN ('', '0') THEN 'client_leeg'
        WHEN koppellijst.soort IN ('elv', 'gzsp') THEN 'elv_of_gzsp'
    END AS correctie
FROM wlz_declaraties AS regel
LEFT JOIN koppellijst
    ON
        regel.prestatiecode = koppellijst.prestatiecode
        AND regel.begindatum >= koppellijst.geldig_van
        AND (koppellijst.geldig_tot IS NULL OR regel.begindatum < koppellijst.geldig_tot)
