-- Municipalities that got a part of another one, in the years in which the files still have that other one.
SELECT DISTINCT
    gesplitst.nieuw AS gemeente,
    regels.jaar
FROM gesplitst
INNER JOIN regels ON gesplitst.oud = regels.gemeente
UNION
SELECT DISTINCT
    gesplitst.oud AS gemeente,
    regels.jaar
FROM gesplitst
INNER JOIN regels ON gesplitst.oud = regels.gemeente
