"""Claim lines as columns of numbers; `output` turns them into text, dates and decimals."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

import numpy as np

from aanspraak.synthetic.arrays import Bools, Days, Ints

NO_CLIENT = (-1, -2)
"""Client numbers that stand for an empty client and for client 0."""


@dataclass(frozen=True)
class Lines:
    """Lines of `wlz_declaraties`, one element a line."""

    client: Ints
    code: Ints
    """Index in `codes.performances`."""
    begin: Days
    finish: Days
    hundredths: Ints
    """`aantal` × 100."""
    cents: Ints
    provider: Ints
    """-1 = missing."""
    package: Ints
    """Index in `cells.packages`, -1 = missing."""

    def __len__(self) -> int:
        return len(self.client)

    def take(self, where: Bools) -> "Lines":
        return Lines(*(getattr(self, field.name)[where] for field in fields(self)))

    def with_cents(self, cents: Ints) -> "Lines":
        return replace(self, cents=cents)


def join(parts: Sequence[Lines]) -> Lines:
    """All lines of `parts`, in order."""
    return Lines(*(np.concatenate([getattr(part, field.name) for part in parts]) for field in fields(Lines)))
