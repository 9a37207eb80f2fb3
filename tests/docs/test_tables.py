"""The page of the tables says everything that the contract says."""

from __future__ import annotations

import re
from types import ModuleType

from aanspraak.claims.schema import TABLES


def test_every_column_has_a_row_with_its_type_meaning_and_values(rulepages: ModuleType) -> None:
    from rulepages.tables import table_page

    parts = re.split(r"^## (\w+)", table_page(), flags=re.MULTILINE)
    found = dict(zip(parts[1::2], parts[2::2], strict=True))
    assert found.keys() == TABLES.keys()
    for name, table in TABLES.items():
        rows = re.findall(r"^\| `(\w+)` \| (.+) \| (.+) \| (ja|nee) \| (.*) \|$", found[name], re.MULTILINE)
        assert [row[0] for row in rows] == [column.name for column in table.columns]
        for (_, meaning, kind, empty, values), column in zip(rows, table.columns, strict=True):
            assert rulepages.words.plain(column.meaning) == meaning
            assert rulepages.words.plain(column.kind.label) == kind
            assert empty == ("ja" if column.nullable else "nee")
            assert all(value in values for value in (*column.allowed, column.pattern, column.lowest, column.highest))
        assert found[name].count("\n- `") == len(table.rules)
