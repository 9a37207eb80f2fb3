"""What stays decided when inputs are unknown: the diagram of a decision with «unknown» as one more answer."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, reduce

from aanspraak.engine.cells import IMPOSSIBLE, Table
from aanspraak.engine.diagram import Diagrams, Ref

Leaf = frozenset[str] | str | None
"""The rules still possible where all decide the same; None where it is open; IMPOSSIBLE."""


def with_unknown(table: Table, known: Mapping[int, int]) -> tuple[Diagrams, Ref]:
    """The decision with some inputs known for good (level → segment), and for each other level one more segment,
    the last, for «unknown». Leaves are `Leaf`."""
    narrow = table.diagrams
    wide = Diagrams([width + 1 for width in narrow.widths])

    @cache
    def join(a: Leaf, b: Leaf) -> Leaf:
        if a == IMPOSSIBLE or b == IMPOSSIBLE:
            return b if a == IMPOSSIBLE else a
        if a is None or b is None:
            return None
        both = frozenset(a) | frozenset(b)
        return both if len({table.verdicts[r] for r in both}) == 1 else None

    @cache
    def widen(ref: Ref) -> Ref:
        if ref < 0:
            value = narrow.value(ref)
            return wide.leaf(value if value == IMPOSSIBLE else frozenset({value}))
        children = tuple(map(widen, narrow.children[ref]))
        unknown = reduce(lambda x, y: wide.combine(join, x, y), dict.fromkeys(children))
        return wide.node(narrow.levels[ref], (*children, unknown))

    return wide, widen(narrow.fix(table.root, known))
