"""A diagram as a short chain of look-ups, for engines that work column by column.

Each input gives a small number, the segment it falls in. A block of inputs, with the state so far, indexes an array
that holds the next state: the chain grows with the diagram, not with the product of the inputs. Where the first
inputs decide most cases, a block can also end a case, so that the engine skips the rest for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import Any

from aanspraak.engine.diagram import Diagrams, Ref

_ENTRIES = 1024
"""Entries an array may have where it can be helped. DuckDB takes longer over a longer one (docs/snelheid.md)."""


@dataclass(frozen=True, slots=True)
class Input:
    """An input of a block. Segments that lead to the same everywhere share a number, from 0."""

    level: int
    number: tuple[int, ...]
    """Of every segment."""

    @property
    def width(self) -> int:
        return max(self.number) + 1


@dataclass(frozen=True, slots=True)
class Block:
    """A look-up by the state so far and the inputs, the last one fastest, all from 0.

    `entries` hold the next state, from 0; after an exit, and in the last block, the number of the leaf, and for the
    cases that go on the next state below zero, from -1. 0 is then «not decided here».
    """

    inputs: tuple[Input, ...]
    entries: tuple[int, ...]
    exit: bool


def chain(
    diagrams: Diagrams, root: Ref, number: Callable[[Any], int], dear: frozenset[int] = frozenset()
) -> list[Block]:
    """The blocks, the last of which decides; none where the root is a leaf. `number` gives every leaf its number,
    from 1, or 0 for «not decided here». Before and after each level of `dear`, which it takes work to know, there is an
    exit."""
    inputs = [_input(diagrams, root, level) for level in sorted(diagrams.depends_on(root))]
    blocks: list[Block] = []
    states = [root]
    while inputs:
        size = 1
        while (
            size < len(inputs)
            and dear.isdisjoint((inputs[size - 1].level, inputs[size].level))
            and len(states) * prod(one.width for one in inputs[: size + 1]) <= _ENTRIES
        ):
            size += 1
        block, inputs = tuple(inputs[:size]), inputs[size:]
        ends = list(_ends(diagrams, states, block))
        ending = not inputs or not dear.isdisjoint((block[-1].level, inputs[0].level))
        numbers = {end: i for i, end in enumerate(dict.fromkeys(e for e in ends if e >= 0 or not ending))}
        entries = [
            (-numbers[end] - 1 if ending else numbers[end]) if end in numbers else number(diagrams.value(end))
            for end in ends
        ]
        blocks.append(Block(block, tuple(entries), ending))
        states = list(numbers)
    return blocks


def _ends(diagrams: Diagrams, states: Sequence[Ref], block: Sequence[Input]) -> Iterator[Ref]:
    segments = [[one.number.index(n) for n in range(one.width)] for one in block]
    for start in states:
        for at in product(*segments):
            ref, chosen = start, {one.level: segment for one, segment in zip(block, at, strict=True)}
            while ref >= 0 and diagrams.levels[ref] in chosen:
                ref = diagrams.children[ref][chosen[diagrams.levels[ref]]]
            yield ref


def _input(diagrams: Diagrams, root: Ref, level: int) -> Input:
    nodes = [diagrams.children[r] for r in diagrams.reach(root) if r >= 0 and diagrams.levels[r] == level]
    numbers: dict[tuple[Ref, ...], int] = {}
    return Input(level, tuple(numbers.setdefault(children, len(numbers)) for children in zip(*nodes, strict=True)))
