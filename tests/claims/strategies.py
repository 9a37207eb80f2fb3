"""Random claims messages: valid ones, to be written and read back."""

from datetime import date, timedelta

from hypothesis import strategies as st
from stdnum.nl import bsn

from tests.claims.messages import NO_BSN, Line, Person

bsns = st.integers(10_000_000, 99_999_999).flatmap(
    lambda head: st.sampled_from([f"{head:08}{last}" for last in range(10) if bsn.is_valid(f"{head:08}{last}")] or [""])
).filter(bool)  # fmt: skip


def lines(first: date) -> st.SearchStrategy[Line]:
    begins = st.dates(first, date(2025, 12, 31))
    code = st.text("ABCHVZ0123456789", min_size=1, max_size=5)
    return st.builds(
        lambda begin, days, **rest: Line(begin=begin, end=begin + timedelta(days), **rest),
        begins, st.integers(0, 300), code=code, quantity=st.integers(0, 9999),
        cents=st.integers(-99_999_999, 99_999_999), provider=st.integers(0, 99_999_999).map(lambda n: f"{n:08}"),
        package=st.sampled_from(["000", "754", "820"]),
    )  # fmt: skip


def people(first: date) -> st.SearchStrategy[list[Person]]:
    found = st.builds(Person, bsns | st.just(NO_BSN), st.lists(lines(first), max_size=4).map(tuple), st.booleans())
    return st.lists(found, max_size=5)
