"""Fields of many lines at once, against the same done one at a time in plain Python."""

from datetime import datetime

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from aanspraak.claims.ei_fields import days, is_number, numbers, texts
from aanspraak.claims.ei_layout import Field

DAY = Field("dag", 3, 10, "datum")
_day_like = st.dates().map(lambda day: f"{day.year:04}{day:%m%d}".encode())
_almost = st.from_regex(rb"(19|20)[0-9]{2}[01][0-9][0-3][0-9]", fullmatch=True)
EIGHT = st.lists(_day_like | _almost | st.binary(min_size=8, max_size=8), min_size=1, max_size=20)


def cells(values: list[bytes]) -> np.ndarray:
    return np.array([list(b"xx" + value + b"x") for value in values], dtype=np.uint8)


def day(text: bytes) -> np.datetime64:
    try:
        if not (text.isdigit() and len(text) == 8):
            raise ValueError
        return np.datetime64(datetime.strptime(text.decode(), "%Y%m%d").date())
    except ValueError:
        return np.datetime64("NaT")


@given(EIGHT)
def test_days(values: list[bytes]) -> None:
    np.testing.assert_array_equal(days(cells(values), DAY), np.array([day(value) for value in values], "datetime64[D]"))


@given(EIGHT)
def test_numbers(values: list[bytes]) -> None:
    right = is_number(cells(values), DAY)
    assert right.tolist() == [value.isdigit() for value in values]
    expected = [int(value) for value in values if value.isdigit()]
    assert numbers(cells(values), DAY)[right].tolist() == expected


@given(EIGHT)
def test_texts(values: list[bytes]) -> None:
    expected = ["".join(chr(byte) if 0 < byte < 128 else "?" for byte in value).rstrip(" ") for value in values]
    assert texts(cells(values), DAY).tolist() == expected
