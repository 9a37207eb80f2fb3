"""Sentences that say how a figure went from the first year to the last."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from aanspraak.monitor.dutch import share


def trend(
    texts: Mapping[str, str], points: Sequence[tuple[int, Any]], write: Callable[[Any], str], **names: object
) -> str:
    """The sentence of `texts` that fits years with their numbers: stijging, daling, gelijk (as written) or een_jaar.

    A sentence may use {van}, {tot}, {begin}, {eind} and {groei}, and `names`.
    """
    (first, begin), (last, end) = points[0], points[-1]
    values = {"van": first, "tot": last, "begin": write(begin), "eind": write(end), **names}
    if first == last:
        return texts["een_jaar"].format(**values)
    if write(begin) == write(end):
        return texts["gelijk"].format(**values)
    return texts["stijging" if end > begin else "daling"].format(**values, groei=change(end / begin - 1))


def change(value: Any) -> str:
    """A change as +12,3% or -4,5%."""
    return ("+" if value > 0 else "") + share(value)
