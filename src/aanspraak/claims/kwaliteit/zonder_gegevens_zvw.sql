-- Maanden zonder Zvw-declaraties
-- Maanden tussen de eerste en de laatste van een sector waarin geen enkele regel begint.
SELECT sector, maand FROM per_maand_zvw WHERE regels = 0 ORDER BY sector, maand
