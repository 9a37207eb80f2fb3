"""`aanspraak gegevens`, as a user calls it; and no file, however strange, ends in a traceback or a leaked number."""

import json
import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from aanspraak.claims.faults import InputFaults, UserError
from aanspraak.claims.pseudonym import KEY_VARIABLE, pseudonymiser
from aanspraak.claims.quality import fault_section, render
from aanspraak.claims.schema import TABLES
from aanspraak.cli.gegevens import app
from tests.claims.intake import KEY, take_in
from tests.claims.messages import Line, Person, as_file, message, put

BSN = "999900006"
MESSAGE = as_file(message("AW319", "187", [Person(BSN, (Line(), Line(code="Z999")))] * 3))
BROKEN = MESSAGE.replace(b"D", b"E", 1)
ANSWER = json.dumps({"data": {"wlzIndicatie": [{"bsn": BSN}]}}).encode()
NINE_DIGITS = re.compile(r"\d{9}")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(KEY_VARIABLE, KEY.decode())
    (tmp_path / "jan.ei").write_bytes(MESSAGE)
    return tmp_path


def call(*words: object) -> str:
    """What the command says; its error is raised."""
    found = CliRunner().invoke(app, [str(word) for word in words])
    if found.exception and not isinstance(found.exception, SystemExit):
        raise found.exception
    assert found.exit_code == 0, found.output
    return found.output


def test_read_with_a_report_and_check_again(place: Path) -> None:
    report, target = place / "rapport.html", place / "uit"
    said = call("inlezen", place / "jan.ei", "--uitvoer", target, "--kwaliteit", report)
    assert "wlz_declaraties: 6 rijen" in said
    page = report.read_text(encoding="utf-8")
    assert "AW319 1.4" in page
    assert "met BSN" in page
    again = place / "nog een.html"
    call("nakijken", "--invoer", target, "--kwaliteit", again)
    for text in (said, page, again.read_text(encoding="utf-8"), (target / "manifest.json").read_text(encoding="utf-8")):
        assert BSN not in text
        assert KEY.decode() not in text
        assert pseudonymiser(KEY)(BSN) not in text
    assert NINE_DIGITS.search(page + said) is None


def test_codes_are_checked_with_a_list_from_elsewhere(place: Path) -> None:
    lists = place / "lijsten"
    lists.mkdir()
    (lists / "prestaties.csv").write_text(
        "prestatiecode;soort;leveringsvorm;behandeling;sector;zorgprofiel;dagprestatie;eenheid;geldig_van;geldig_tot\n"
        "Z998;basis;zzp;incl;vv;5;ja;dag;2015-01-01;\n"
    )
    (lists / "zorgzwaartepakketten.csv").write_text("zorgzwaartepakket;sector;zorgprofiel\n754;vv;5\n")
    report = place / "rapport.html"
    call("inlezen", place / "jan.ei", "--uitvoer", place / "uit", "--kwaliteit", report, "--koppellijst", lists)
    page = report.read_text(encoding="utf-8")
    unknown = page[page.index("Prestatiecodes die niet in de koppellijst staan</h2>") :].split("</section>")[0]
    assert "Z999" in unknown
    assert "Z998" not in unknown


def test_a_refused_file_leaves_the_report_and_nothing_else(place: Path) -> None:
    (place / "fout.ei").write_bytes(BROKEN)
    report = place / "rapport.html"
    with pytest.raises(InputFaults, match="Kies uit: D, C"):
        call("inlezen", place / "jan.ei", place / "fout.ei", "--uitvoer", place / "uit", "--kwaliteit", report)
    assert sorted(file.name for file in place.iterdir()) == ["fout.ei", "jan.ei", "rapport.html"]
    page = report.read_text(encoding="utf-8")
    assert "Kies uit: D, C" in page
    assert "fout.ei" in page


def test_a_data_set_with_faults_is_reported_too(place: Path) -> None:
    (place / "set").mkdir()
    (place / "set" / "overlijden.csv").write_text("client;datum\na;2020-02-30\n")
    report = place / "rapport.html"
    with pytest.raises(InputFaults, match="is geen datum"):
        call("nakijken", "--invoer", place / "set", "--kwaliteit", report)
    assert "is geen datum" in report.read_text(encoding="utf-8")


def test_mistakes_of_the_user_are_said_before_anything_is_written(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UserError, match="bestaat niet"):
        call("inlezen", place / "weg.ei", "--uitvoer", place / "uit")
    (place / "vol").mkdir()
    (place / "vol" / "iets").touch()
    with pytest.raises(UserError, match="bestaat al"):
        call("inlezen", place / "jan.ei", "--uitvoer", place / "vol")
    monkeypatch.delenv(KEY_VARIABLE)
    with pytest.raises(UserError, match="Er is geen sleutel"):
        call("inlezen", place / "jan.ei", "--uitvoer", place / "uit")
    assert sorted(file.name for file in place.iterdir()) == ["jan.ei", "vol"]


def test_what_is_no_file_is_named(place: Path) -> None:
    (place / "loopt rond").symlink_to("loopt rond")
    with pytest.raises(UserError, match="bestaat niet"):
        call("inlezen", place / "loopt rond", "--uitvoer", place / "uit")
    with pytest.raises(UserError, match="bestaat niet"):
        call("inlezen", place, "--uitvoer", place / "uit")


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="needs a file that exists and cannot be read")
def test_a_file_that_cannot_be_read_is_named(place: Path) -> None:
    with pytest.raises(UserError, match="niet te lezen of te schrijven"):
        call("inlezen", "/proc/self/mem", "--uitvoer", place / "uit")
    assert [file.name for file in place.iterdir()] == ["jan.ei"]


def test_what_has_no_place_is_said(place: Path) -> None:
    lines = message("AW319", "428", [Person(BSN, (Line(code_list="065"),))])
    put(lines[0], "AW319", "voorloop", "soort_bericht", "T")
    (place / "wv.ei").write_bytes(as_file(lines))
    said = call("inlezen", place / "wv.ei", "--uitvoer", place / "uit", "--verzekering", "basis")
    assert "Niet ingelezen: 1 (wijkverpleging heeft geen sector in zvw_declaraties)." in said
    assert "Let op: wv.ei is een testbericht." in said
    assert "Let op: geen enkele regel heeft een plaats in de gegevens." in said


def test_a_key_made_here_can_be_used_here(place: Path) -> None:
    call("sleutel", place / "sleutel")
    said = call("inlezen", place / "jan.ei", "--uitvoer", place / "uit", "--sleutel", place / "sleutel")
    key = (place / "sleutel").read_text().strip()
    assert key not in said
    assert key not in (place / "uit" / "manifest.json").read_text()


def test_a_number_in_the_name_of_a_file_stays_out_of_the_manifest(place: Path) -> None:
    (place / f"client {BSN}.ei").write_bytes(MESSAGE)
    call("inlezen", place / f"client {BSN}.ei", "--uitvoer", place / "uit")
    assert "client (cijfers).ei" in (place / "uit" / "manifest.json").read_text()


def test_an_interrupt_leaves_nothing(place: Path) -> None:
    """A real process, stopped by a signal while it waits for the rest of its input."""
    os.mkfifo(place / "pijp")
    code = (
        "import sys; from pathlib import Path; from aanspraak.claims import intake; intake._size = lambda file: 1;"
        "intake._head = lambda file: b'01187'; from aanspraak.cli.gegevens import app; print('klaar', flush=True);"
        "app()"
    )
    words = ["inlezen", str(place / "pijp"), "--uitvoer", str(place / "uit")]
    with subprocess.Popen([sys.executable, "-c", code, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as run:
        assert run.stdout
        assert run.stdout.readline() == b"klaar\n"
        with (place / "pijp").open("wb") as pipe:
            pipe.write(MESSAGE[:400])
            pipe.flush()
            run.terminate()
            assert run.wait(timeout=20) == 130
    assert sorted(file.name for file in place.iterdir()) == ["jan.ei", "pijp"]


def _read_anything(content: bytes) -> None:
    """The file is read or refused; what is said has no nine digits in a row, and a refusal leaves nothing."""
    with TemporaryDirectory() as name:
        try:
            take_in(Path(name), content)
        except InputFaults as refused:
            said = str(refused) + re.sub("<style>.*</style>", "", render([fault_section(refused.faults)]), flags=re.S)
            assert NINE_DIGITS.search(said) is None, said
            assert BSN[:8] not in said
            assert BSN[1:] not in said
            assert len(list(Path(name).iterdir())) == 1


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from([b"", b"01187", b"011070302", b"{", b"[", b'{"data": {"wlzIndicatie": ']), st.binary(max_size=2000)
)
def test_random_bytes(head: bytes, tail: bytes) -> None:
    _read_anything(head + tail)


@settings(max_examples=80, deadline=None)
@given(st.sampled_from([MESSAGE, ANSWER]), st.integers(0, 2**32), st.integers(1, 40))
def test_mutated_messages(content: bytes, seed: int, changes: int) -> None:
    """Digits, letters and stretches put, dropped or shifted anywhere: a BSN may turn up in any field."""
    chance, data = Random(seed), bytearray(content)  # noqa: S311 - the same seed, the same fault
    for _ in range(changes):
        where = chance.randrange(len(data))
        kind = chance.randrange(4)
        if kind == 0:
            data[where] = chance.randrange(256)
        elif kind == 1:
            data[where : where + 9] = BSN.encode()
        elif kind == 2:
            del data[where]
        else:
            data[where:where] = BSN.encode()[: chance.randrange(10)]
    _read_anything(bytes(data))


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 306), st.sampled_from(range(8)))
def test_a_line_that_is_shifted(by: int, row: int) -> None:
    """The same length, every field in the wrong place."""
    lines = message("AW319", "187", [Person(BSN, (Line(end=date(2021, 1, 5)), Line()), comment=True)] * 2)
    lines[row] = lines[row][:2] + (lines[row][2:] * 2)[by : by + 308]
    _read_anything(as_file(lines))


def test_the_page_for_data_managers_names_every_table() -> None:
    page = (Path(__file__).parents[2] / "docs" / "gegevens.md").read_text(encoding="utf-8")
    assert "(tabellen.md)" in page, "which has every column"
    assert {name for name in TABLES if f"`{name}`" not in page} == set()
