-- The forms of Wlz care, heaviest highest, and what each is called around a trajectory.
-- Method: ZIN 2025, bijlage 5A 'Zorggebruik voor en na een traject' and Methode (heaviest first: crisis care, stay
-- with treatment, stay without, at home). Around VV9b and crisis care the source shows VV9 care apart. It does not
-- say how VV9 weighs: here the form decides, and within a form other care goes before VV9 care. `blijvend` is care
-- that goes on after the trajectory; VV9 and crisis care do not.
SELECT
    zwaarte,
    zvw,
    vv9b,
    crisis,
    blijvend
FROM (
    VALUES
    (7, 'crisis', 'crisis', 'crisis', false),
    (6, 'verblijf_met_behandeling', 'verblijf_met_behandeling', 'verblijf_met_behandeling', true),
    (5, 'verblijf_met_behandeling', 'vv9_verblijf_met_behandeling', 'vv9', false),
    (4, 'verblijf_zonder_behandeling', 'verblijf_zonder_behandeling', 'verblijf_zonder_behandeling', true),
    (3, 'verblijf_zonder_behandeling', 'vv9_anders', 'vv9', false),
    (2, 'thuis_met_wlz', 'thuis_met_wlz', 'thuis_met_wlz', true),
    (1, 'thuis_met_wlz', 'vv9_anders', 'vv9', false)
) AS vormen (zwaarte, zvw, vv9b, crisis, blijvend)
