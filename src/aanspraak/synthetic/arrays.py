"""The kinds of arrays that the modules pass around."""

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Days = NDArray[np.int64]
"""Days, counted from 1970-01-01 as in Arrow."""


def whole(values: Floats) -> Ints:
    """Rounded half-up; for amounts that are not negative."""
    return np.floor(values + 0.5).astype(np.int64)


def runs(lengths: Ints) -> Ints:
    """0, 1, 2, … within each of these lengths: [2, 3] gives [0, 1, 0, 1, 2]."""
    result: Ints = np.arange(lengths.sum()) - np.repeat(lengths.cumsum() - lengths, lengths)
    return result


def draw(cumulative: Floats, rng: np.random.Generator) -> Ints:
    """One index per row of cumulative chances."""
    below = rng.random(len(cumulative))[:, None] >= cumulative
    result: Ints = np.minimum(below.sum(axis=1), cumulative.shape[1] - 1)
    return result


def spread(expected: Floats, rng: np.random.Generator) -> Ints:
    """Whole numbers that differ less than one from `expected`, in every element and in every run of elements."""
    return np.diff(np.floor(expected.cumsum() + rng.random()), prepend=0).astype(np.int64)
