"""Decision diagrams: a function of many inputs as a small shared graph.

A node tests one input (its level) and has one child per segment of that input; a leaf holds a value.
Inputs are tested in a fixed order, equal nodes are made once and a node with equal children is left out,
so every function has exactly one diagram, and combining, fixing or dropping inputs is exact and cheap.
(Multi-valued reduced ordered decision diagrams: R. Bryant 1986, A. Srinivasan et al. 1990.)
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Ref = int
"""A leaf (below zero) or a node (zero and up)."""


@dataclass
class Diagrams:
    """All diagrams over the same inputs; `widths[level]` is the number of segments of that input."""

    widths: Sequence[int]
    levels: list[int] = field(default_factory=list)
    children: list[tuple[Ref, ...]] = field(default_factory=list)
    leaves: list[Any] = field(default_factory=list)
    _nodes: dict[tuple[int, tuple[Ref, ...]], Ref] = field(default_factory=dict)
    _leaf: dict[Hashable, Ref] = field(default_factory=dict)

    def leaf(self, value: Hashable) -> Ref:
        if value not in self._leaf:
            self.leaves.append(value)
            self._leaf[value] = -len(self.leaves)
        return self._leaf[value]

    def value(self, ref: Ref) -> Any:
        """The value of a leaf."""
        return self.leaves[-ref - 1]

    def level(self, ref: Ref) -> int:
        return self.levels[ref] if ref >= 0 else len(self.widths)

    def node(self, level: int, children: tuple[Ref, ...]) -> Ref:
        if children.count(children[0]) == len(children):
            return children[0]
        key = (level, children)
        ref = self._nodes.get(key)
        if ref is None:
            ref = self._nodes[key] = len(self.levels)
            self.levels.append(level)
            self.children.append(children)
        return ref

    def test(self, level: int, admitted: Callable[[int], bool]) -> Ref:
        """True where the input's segment is admitted, else False."""
        return self.node(level, tuple(self.leaf(admitted(s)) for s in range(self.widths[level])))

    def map(self, change: Callable[[Any], Hashable], ref: Ref) -> Ref:
        """The same function with every value changed."""
        seen: dict[Ref, Ref] = {}

        def walk(r: Ref) -> Ref:
            if r not in seen:
                seen[r] = (
                    self.leaf(change(self.value(r)))
                    if r < 0
                    else self.node(self.levels[r], tuple(map(walk, self.children[r])))
                )
            return seen[r]

        return walk(ref)

    def combine(self, join: Callable[[Any, Any], Hashable], a: Ref, b: Ref, keeps: Hashable = None) -> Ref:
        """The function that joins the values of two functions. Where b has the value `keeps`, joining gives that of a:
        saying so saves the walk through all that stays as it is."""
        seen: dict[tuple[Ref, Ref], Ref] = {}
        kept = None if keeps is None else self.leaf(keeps)

        def walk(x: Ref, y: Ref) -> Ref:
            if y == kept:
                return x
            key = (x, y)
            if key not in seen:
                if x < 0 and y < 0:
                    seen[key] = self.leaf(join(self.value(x), self.value(y)))
                else:
                    level = min(self.level(x), self.level(y))
                    branches = self._branch(x, level), self._branch(y, level)
                    seen[key] = self.node(level, tuple(map(walk, *branches)))
            return seen[key]

        return walk(a, b)

    def _branch(self, ref: Ref, level: int) -> tuple[Ref, ...]:
        return self.children[ref] if self.level(ref) == level else (ref,) * self.widths[level]

    def substitute(self, ref: Ref, level: int, by: Ref) -> Ref:
        """The function with one input replaced by a function whose values are that input's segments."""
        seen: dict[tuple[tuple[Ref, ...], Ref], Ref] = {}

        def walk(parts: tuple[Ref, ...], choice: Ref) -> Ref:
            if parts.count(parts[0]) == len(parts):
                return parts[0]
            if choice < 0:
                return parts[int(self.value(choice))]
            key = (parts, choice)
            if key not in seen:
                top = min(self.level(r) for r in (*parts, choice))
                branches = zip(*(self._branch(r, top) for r in (*parts, choice)), strict=True)
                seen[key] = self.node(top, tuple(walk(tuple(rest), last) for *rest, last in branches))
            return seen[key]

        return walk(tuple(self.fix(ref, {level: s}) for s in range(self.widths[level])), by)

    def fix(self, ref: Ref, segments: Mapping[int, int]) -> Ref:
        """The function with some inputs known: level → segment."""
        seen: dict[Ref, Ref] = {}

        def walk(r: Ref) -> Ref:
            if r < 0:
                return r
            if r not in seen:
                level = self.levels[r]
                seen[r] = (
                    walk(self.children[r][segments[level]])
                    if level in segments
                    else self.node(level, tuple(map(walk, self.children[r])))
                )
            return seen[r]

        return walk(ref)

    def drop(self, join: Callable[[Any, Any], Hashable], ref: Ref, level: int) -> Ref:
        """The function without one input: the values over its segments joined."""
        seen: dict[Ref, Ref] = {}

        def walk(r: Ref) -> Ref:
            if self.level(r) > level:
                return r
            if r not in seen:
                first, *rest = self.children[r] if self.levels[r] == level else map(walk, self.children[r])
                if self.levels[r] == level:
                    for other in rest:
                        first = self.combine(join, first, other)
                    seen[r] = first
                else:
                    seen[r] = self.node(self.levels[r], (first, *rest))
            return seen[r]

        return walk(ref)

    def values(self, ref: Ref) -> set[Any]:
        """Every value the function can take."""
        return {self.value(r) for r in self.reach(ref) if r < 0}

    def depends_on(self, ref: Ref) -> set[int]:
        """The levels the function tests."""
        return {self.levels[r] for r in self.reach(ref) if r >= 0}

    def reach(self, ref: Ref) -> set[Ref]:
        """All leaves and nodes under a node, itself included."""
        seen: set[Ref] = set()
        todo = [ref]
        while todo:
            r = todo.pop()
            if r not in seen:
                seen.add(r)
                if r >= 0:
                    todo.extend(self.children[r])
        return seen

    def reaching(self, ref: Ref, value: Hashable) -> set[Ref]:
        """Of all under a node, itself included, those from which the value can be reached."""
        found = {r for r in self.reach(ref) if r < 0 and self.value(r) == value}
        for node in sorted(r for r in self.reach(ref) if r >= 0):  # children are made before their parents
            if not found.isdisjoint(self.children[node]):
                found.add(node)
        return found

    def paths(self, ref: Ref) -> Iterator[tuple[dict[int, list[int]], Any]]:
        """Disjoint boxes that together are the function: level → segments, and the value there."""

        def walk(r: Ref, box: dict[int, list[int]]) -> Iterator[tuple[dict[int, list[int]], Any]]:
            if r < 0:
                yield dict(box), self.value(r)
                return
            level = self.levels[r]
            for child in dict.fromkeys(self.children[r]):
                box[level] = [s for s, c in enumerate(self.children[r]) if c == child]
                yield from walk(child, box)
            del box[level]

        return walk(ref, {})
