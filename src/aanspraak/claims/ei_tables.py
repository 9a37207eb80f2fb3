"""Claim lines of a message as rows of the contract's tables."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]

from aanspraak.claims.arrow import euros
from aanspraak.claims.ei import Claims
from aanspraak.claims.ei_fields import Mask
from aanspraak.claims.ei_layout import Destination
from aanspraak.claims.ei_message import Message, Names

INSURED = "zvw_declaraties"
"""The table that says which insurance a line falls under: no message does."""


def rows(claims: Claims, message: Message, insurance: str | None, left_out: Counter[str]) -> Iterator[tuple[str, Any]]:
    """Table names with their columns; `left_out` counts the lines that have no place in the contract, by reason."""
    for destination in message.destinations:
        here = np.full(len(claims.code), True)
        if destination.code_list:
            here = claims.code_list == destination.code_list
        if destination.table is None:
            left_out[str(destination.why_not)] += int(here.sum())
        elif here.any():
            yield destination.table, _columns(claims, here, destination, insurance)


def needs_insurance(message: Message) -> bool:
    """Whether lines of this message go to a table that says which insurance they fall under."""
    return any(each.table == INSURED for each in message.destinations)


def _columns(claims: Claims, here: Mask, destination: Destination, insurance: str | None) -> dict[str, Any]:
    count = int(here.sum())
    nothing = pa.nulls(count, pa.string())
    return {
        "client": pa.array(claims.client[here], pa.string()),
        "sector": pa.array([destination.sector] * count, pa.string()),
        "zorgsoort": nothing,  # no message says it
        "prestatiecode": pa.array(claims.code[here].tolist(), pa.string()),
        "begindatum": pa.array(claims.begin[here]),
        "einddatum": pa.array(claims.end[here]),
        "aantal": pa.array(claims.quantity[here].astype(np.int32)).cast(pa.decimal128(18, 4)),
        "bedrag": euros(claims.cents[here]),
        "verzekering": pa.array([insurance] * count, pa.string()),
        "zorgaanbieder": _or_null(claims.provider[here]),
        "zorgzwaartepakket": _or_null(claims.package[here]),
    }


def _or_null(codes: Names) -> pa.Array:
    """Codes as text; one without anything but zeros stands for none."""
    return pa.array(codes.tolist(), pa.string(), mask=np.char.strip(codes, "0") == "")
