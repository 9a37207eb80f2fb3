"""Pseudonyms and their key."""

import hashlib
import hmac
import re
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.nl import bsn

from aanspraak.claims.faults import UserError
from aanspraak.claims.pseudonym import KEY_VARIABLE, is_bsn, load_key, make_key, pseudonymiser
from tests.claims.strategies import bsns

KEYS = st.binary(min_size=32, max_size=64)


@given(KEYS, bsns)
def test_a_pseudonym_is_the_hmac_in_letters(key: bytes, number: str) -> None:
    found = pseudonymiser(key)(number)
    digest = hmac.new(key, number.encode(), hashlib.sha256).digest()[:16]
    assert bytes((ord(a) - 97) * 16 + ord(b) - 97 for a, b in zip(found[::2], found[1::2], strict=True)) == digest
    assert re.fullmatch("[a-p]{32}", found)


@given(st.text("0123456789 ", max_size=10))
def test_the_elfproef(number: str) -> None:
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    expected = (
        len(number) == 9 and number.isdigit() and int(number) > 0
        and sum(weight * int(digit) for weight, digit in zip(weights, number, strict=True)) % 11 == 0
    )  # fmt: skip
    assert is_bsn(number) == expected


@given(bsns)
def test_a_changed_digit_is_noticed(number: str) -> None:
    assert is_bsn(number)
    assert bsn.is_valid(number)
    wrong = number[:4] + str((int(number[4]) + 1) % 10) + number[5:]
    assert not is_bsn(wrong)


def test_a_key_is_made_once_and_for_its_owner(tmp_path: Path) -> None:
    file = tmp_path / "sleutel"
    make_key(file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    key = load_key(file)
    assert len(key) == 64
    with pytest.raises(UserError, match="bestaat al"):
        make_key(file)
    assert load_key(file) == key
    make_key(tmp_path / "nog een")
    assert load_key(tmp_path / "nog een") != key
    with pytest.raises(UserError, match="kon niet worden geschreven"):
        make_key(tmp_path / "geen map" / "sleutel")


def test_the_key_comes_from_a_file_or_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(KEY_VARIABLE, raising=False)
    with pytest.raises(UserError, match="Er is geen sleutel"):
        load_key(None)
    monkeypatch.setenv(KEY_VARIABLE, "x" * 32)
    assert load_key(None) == b"x" * 32
    (tmp_path / "sleutel").write_text("y" * 40 + "\n")
    assert load_key(tmp_path / "sleutel") == b"y" * 40, "a file goes before the environment"


def test_a_key_that_is_too_short_is_refused_and_not_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "kort").write_text("geheim")
    with pytest.raises(UserError, match="te kort: 6 tekens") as caught:
        load_key(tmp_path / "kort")
    assert "geheim" not in str(caught.value)
    monkeypatch.setenv(KEY_VARIABLE, "geheim")
    with pytest.raises(UserError, match="te kort") as caught:
        load_key(None)
    assert "geheim" not in str(caught.value)
    with pytest.raises(UserError, match="niet te lezen"):
        load_key(tmp_path / "weg")
