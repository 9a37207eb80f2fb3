-- Maanden zonder Wlz-declaraties
-- Maanden tussen de eerste en de laatste waarin geen enkele regel begint.
SELECT maand FROM per_maand_wlz WHERE regels = 0 ORDER BY maand
