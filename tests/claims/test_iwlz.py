"""Answers of the iWlz registers, with the fields of the published schemas."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aanspraak.claims.faultlog import FaultLog
from aanspraak.claims.faults import InputFaults
from aanspraak.claims.iwlz import Answers, read_answer
from aanspraak.claims.pseudonym import pseudonymiser
from aanspraak.claims.read import read
from tests.claims.intake import KEY, OPTIONS, rows, take_in

BSN, OTHER = "999900006", "999990019"
pseudonym = pseudonymiser(KEY)


def indication(bsn: str = BSN, **changes: Any) -> dict[str, Any]:
    """As Indicatieregister 2 gives it, with fields that nothing here needs among them."""
    return {
        "wlzindicatieID": "ef88ce35-58fa-4e6d-ac7a-6e298dd211d6", "bsn": bsn, "besluitnummer": 1234567,
        "soortWlzindicatie": "1", "afgiftedatum": "2021-03-01", "ingangsdatum": "2021-03-05", "einddatum": None,
        "meerzorg": "2", "initieelVerantwoordelijkZorgkantoor": "5501", "vervaldatum": None,
        "grondslag": [{"grondslagID": "1", "grondslag": "02", "volgorde": 1}],
        "geindiceerdZorgzwaartepakket": [package("754", "2021-03-05", "2021-12-31"), package("756", "2022-01-01")],
        "client": {"clientID": "1", "bsn": bsn, "geslachtsnaam": "Jansen"},
    } | changes  # fmt: skip


def package(code: str, begin: str, end: str | None = None) -> dict[str, Any]:
    return {"zzpCode": code, "ingangsdatum": begin, "einddatum": end, "financiering": "1"}


def assignment(bsn: str = BSN, **changes: Any) -> dict[str, Any]:
    """As Bemiddelingsregister 1 gives it."""
    return {
        "bemiddelingspecificatieID": "1", "leveringsvorm": "2", "zzpCode": "754",
        "toewijzingIngangsdatum": "2021-03-05", "toewijzingEinddatum": "2021-12-31", "instelling": None,
        "vaststellingMoment": "2021-03-05T10:00:00Z", "pgbPercentage": 100, "redenIntrekking": None,
        "soortToewijzing": "1", "bemiddeling": {"bemiddelingID": "1", "client": {"bsn": bsn}},
    } | changes  # fmt: skip


def indications(*found: object) -> bytes:
    return json.dumps({"data": {"wlzIndicatie": found}}).encode()


def assignments(*found: object) -> bytes:
    return json.dumps({"data": {"bemiddelingspecificatie": found}}).encode()


def test_an_indication_is_a_row_for_every_package(tmp_path: Path) -> None:
    take_in(tmp_path, indications(indication(), indication(OTHER, geindiceerdZorgzwaartepakket=None)))
    given_on = date(2021, 3, 1)
    assert rows(tmp_path, "indicaties") == [
        (pseudonym(BSN), given_on, date(2021, 3, 5), date(2021, 12, 31), "754"),
        (pseudonym(BSN), given_on, date(2022, 1, 1), None, "756"),
        (pseudonym(OTHER), given_on, date(2021, 3, 5), None, None),
    ]
    sources, _ = read(tmp_path / "uit", ["indicaties"], tmp_path, lambda _: None)
    assert sources[0].rows == 3


def test_a_lapsed_indication_ends_and_one_that_never_held_is_left_out(tmp_path: Path) -> None:
    intake = take_in(tmp_path, indications(indication(vervaldatum="2021-06-30")))
    assert rows(tmp_path, "indicaties", "einddatum, zorgzwaartepakket") == [(date(2021, 6, 30), "754")]
    assert intake.left_out == {"indicatie die verviel voor zij inging": 1}


def test_the_same_indication_in_two_answers_counts_once(tmp_path: Path) -> None:
    one = indications(indication())
    intake = take_in(tmp_path, one, indications(indication(), indication(OTHER)))
    assert intake.rows == {"indicaties": 4}
    assert intake.left_out == {"staat in meer dan één antwoord": 2}


def test_a_pgb_is_a_grant_and_care_in_kind_is_not(tmp_path: Path) -> None:
    intake = take_in(tmp_path, assignments(assignment(), assignment(OTHER, leveringsvorm="4")))
    assert rows(tmp_path, "pgb_toekenningen") == [(pseudonym(BSN), date(2021, 3, 5), date(2021, 12, 31), "754", None)]
    assert sum(intake.left_out.values()) == 1
    sources, _ = read(tmp_path / "uit", ["pgb_toekenningen"], tmp_path, lambda _: None)
    assert sources[0].rows == 1


def test_a_pgb_without_an_end_lasts_until_the_day_of_the_question(tmp_path: Path) -> None:
    content = assignments(assignment(toewijzingEinddatum=None))
    with pytest.raises(InputFaults, match="Zeg met --peildatum op welke dag het register is bevraagd"):
        take_in(tmp_path, content, options=replace(OPTIONS, asked_on=None))
    take_in(tmp_path, content, options=replace(OPTIONS, asked_on=date(2022, 6, 30)))
    assert rows(tmp_path, "pgb_toekenningen", "einddatum") == [(date(2022, 6, 30),)]


def test_a_withdrawn_pgb_without_an_end_is_left_out(tmp_path: Path) -> None:
    open_ended = assignment(toewijzingEinddatum=None, redenIntrekking="3")
    intake = take_in(tmp_path, assignments(open_ended, assignment(OTHER, redenIntrekking="3")))
    assert rows(tmp_path, "pgb_toekenningen", "client") == [(pseudonym(OTHER),)]
    assert sum(intake.left_out.values()) == 1


PLANTED: dict[str, tuple[bytes, str]] = {
    "geen json": (b'{"data": ', "bestand1: is geen geldige JSON"),
    "geen utf-8": (b'{"data": "\xff"}', "is geen JSON in UTF-8"),
    "te diep": (b"[" * 100_000, "is geen JSON in UTF-8"),
    "een fout van het register": (
        json.dumps({"errors": [{"message": f"{BSN} mag niet"}], "data": None}).encode(), "foutmelding van het register",
    ),
    "een ander antwoord": (b'{"data": {"levering": []}}', "is geen antwoord van het Indicatie- of"),
    "een lijst": (b"[1]", "is geen antwoord van het Indicatie- of"),
    "geen lijst": (b'{"data": {"wlzIndicatie": {}}}', "wlzIndicatie: is geen lijst"),
    "geen object": (indications(7), "wlzIndicatie: heeft iets anders dan een object"),
    "zonder bsn": (indications(indication() | {"bsn": None}), "wlzIndicatie.bsn: ontbreekt. Vraag dit veld mee op."),
    "elfproef": (indications(indication("999990018")), "wlzIndicatie.bsn: voldoet niet aan de elfproef"),
    "bsn als getal": (indications(indication(bsn=999990018)), "wlzIndicatie.bsn: is geen tekst"),
    "datum": (indications(indication(afgiftedatum="2021-02-30")), "wlzIndicatie.afgiftedatum: is geen datum"),
    "andere datum": (indications(indication(afgiftedatum="20210301")), "afgiftedatum: is geen datum (jjjj-mm-dd)"),
    "week": (indications(indication(afgiftedatum="2021-W09-1")), "afgiftedatum: is geen datum (jjjj-mm-dd)"),
    "zonder ingang": (indications(indication() | {"ingangsdatum": None}), "wlzIndicatie.ingangsdatum: ontbreekt"),
    "pakket": (
        indications(indication(geindiceerdZorgzwaartepakket=[package("5VV", "2021-03-05")])),
        "geindiceerdZorgzwaartepakket.zzpCode: is geen code van drie cijfers (COD163)",
    ),
    "eind voor begin": (
        indications(indication(geindiceerdZorgzwaartepakket=[package("754", "2021-03-05", "2021-03-04")])),
        "einddatum: ligt voor de ingangsdatum",
    ),
    "zonder client": (assignments(assignment(bemiddeling={})), "bemiddeling.client: ontbreekt. Vraag dit veld mee op."),
    "toewijzing eindigt eerder": (
        assignments(assignment(toewijzingEinddatum="2021-01-01")), "toewijzingEinddatum: ligt voor",
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", PLANTED)
def test_every_fault_is_found_and_named(tmp_path: Path, kind: str) -> None:
    content, problem = PLANTED[kind]
    with pytest.raises(InputFaults) as caught:
        take_in(tmp_path, content)
    assert problem in str(caught.value)
    assert "99999001" not in str(caught.value)
    assert BSN not in str(caught.value)
    assert [file.name for file in tmp_path.iterdir()] == ["bestand1"]


_values: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=12)
    | st.sampled_from([BSN, "2021-03-05"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)


@given(
    st.sampled_from([indication, assignment]),
    st.sampled_from(sorted(indication().keys() | assignment().keys())),
    _values,
)
def test_any_value_in_any_field_gives_rows_or_faults(
    build: Callable[..., dict[str, Any]], key: str, value: Any
) -> None:
    content = (indications if build is indication else assignments)(build(**{key: value}))

    class Stream:
        def read(self, size: int = -1, /) -> bytes:  # noqa: ARG002
            return content

    log = FaultLog("antwoord.json")
    for _, row in read_answer(Stream(), Answers(pseudonym, date(2022, 1, 1)), log):
        assert log or row["client"] == pseudonym(BSN)
    assert BSN not in str(InputFaults(log.faults()))
