-- Every client with a remaining Wlz line or pgb grant in some month.
-- Method: NZa 2023, Bijlage 3, 1.2: the Zvw claims of these clients count, and no others.
SELECT DISTINCT client
FROM maanden
