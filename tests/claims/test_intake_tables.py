"""Tables that come with BSNs: the same pseudonyms as from messages, faults with their place, and no BSN anywhere."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from aanspraak.claims.backends.duckdb import QUERY_INTERRUPTED
from aanspraak.claims.faults import InputFaults
from aanspraak.claims.intake import Intake, Options, ingest
from aanspraak.claims.intake_tables import Client, checked_table, table_of
from aanspraak.claims.output import output_directory
from aanspraak.claims.pseudonym import KEY_VARIABLE, is_bsn, pseudonymiser
from aanspraak.claims.read import read
from aanspraak.claims.schema import TABLES
from aanspraak.cli import run
from aanspraak.cli.gegevens import app
from tests.claims.intake import KEY, TODAY, rows
from tests.claims.messages import Line, Person, as_file, message
from tests.claims.strategies import bsns
from tests.claims.watch import Watch

BSN, OTHER, WRONG = "999900006", "111222333", "999900007"
PSEUDONYM = pseudonymiser(KEY)(BSN)
WLZ = "client;prestatiecode;begindatum;einddatum;aantal;bedrag;zorgaanbieder;zorgzwaartepakket\n"
ANSWER = {
    "data": {
        "wlzIndicatie": [
            {
                "bsn": BSN, "afgiftedatum": "2020-12-01", "ingangsdatum": "2021-01-01", "einddatum": None,
                "vervaldatum": None, "geindiceerdZorgzwaartepakket": [],
            }
        ]
    }
}  # fmt: skip


def take_in(directory: Path, client: Client | None, **tables: str | bytes) -> Intake:
    """Write every table, as CSV where it is text, and read them all into `directory / "uit"`."""
    files = []
    for name, content in tables.items():
        files.append(directory / f"{name}.csv")
        files[-1].write_bytes(content.encode() if isinstance(content, str) else content)
    options = Options(insurance=None, asked_on=None, today=TODAY, client=client)
    return ingest(files, directory / "uit", KEY, options, lambda _doing, _part: None)


def refused(directory: Path, client: Client | None, **tables: str) -> str:
    with pytest.raises(InputFaults) as caught:
        take_in(directory, client, **tables)
    assert {file.suffix for file in directory.iterdir()} <= {".csv"}, "nothing half-written, hidden or temporary"
    return str(caught.value)


def every_byte(directory: Path) -> bytes:
    """All that lies in a directory, with the values of Parquet files as text: compression hides them."""
    found = b""
    for file in directory.rglob("*"):
        found += file.name.encode()
        if file.is_file():
            found += file.read_bytes()
        if file.suffix == ".parquet":
            found += str(duckdb.read_parquet(str(file)).fetchall()).encode()
    return found


def test_one_person_is_one_client_in_messages_registers_csv_and_parquet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(KEY_VARIABLE, KEY.decode())
    (tmp_path / "jan.ei").write_bytes(as_file(message("AW319", "187", [Person(BSN, (Line(),))])))
    (tmp_path / "ciz.json").write_text(json.dumps(ANSWER))
    (tmp_path / "overlijden.csv").write_text(
        f"client;datum;naam\n{BSN};2021-02-03;Jansen\n{OTHER};2021-02-04;Pietersen\n"
    )
    money = pa.array([Decimal("12.50")], pa.decimal128(9, 1 + 1))
    day = pa.array([date(2021, 1, 1)])
    grant = pa.table(
        {"client": [BSN], "begindatum": day, "einddatum": day, "zorgzwaartepakket": ["754"], "bedrag": money}
    )
    pq.write_table(grant, tmp_path / "pgb_toekenningen.parquet")
    files = [str(tmp_path / name) for name in ("jan.ei", "ciz.json", "overlijden.csv", "pgb_toekenningen.parquet")]
    report = str(tmp_path / "uit.html")
    found = CliRunner().invoke(
        app, ["inlezen", *files, "--uitvoer", str(tmp_path / "uit"), "--client", "bsn", "--kwaliteit", report]
    )
    assert found.exit_code == 0, found.output
    assert rows(tmp_path, "overlijden") == [
        (PSEUDONYM, date(2021, 2, 3)), (pseudonymiser(KEY)(OTHER), date(2021, 2, 4)),
    ]  # fmt: skip
    assert rows(tmp_path, "pgb_toekenningen", "client, bedrag") == [(PSEUDONYM, Decimal("12.50"))]
    assert rows(tmp_path, "wlz_declaraties", "client") == rows(tmp_path, "indicaties", "client") == [(PSEUDONYM,)]
    manifest = json.loads((tmp_path / "uit" / "manifest.json").read_text())
    assert [one["soort"] for one in manifest["invoer"]][2:] == ["tabel overlijden", "tabel pgb_toekenningen"]
    assert [one["regels"] for one in manifest["invoer"]][2:] == [2, 1]
    assert manifest["opties"]["client"] == "bsn"
    assert manifest["personen"] == {"met BSN": 5}
    assert "overlijden.csv: kolom naam is onbekend" in found.output
    said = (found.output + found.stderr + (tmp_path / "uit.html").read_text()).encode() + every_byte(tmp_path / "uit")
    assert b"Jansen" not in said
    # Sums of files are hexadecimal and long: by chance they may have nine digits in a row.
    without_sums = re.sub(rb'"sha256": "[0-9a-f]{64}"', b"", said)
    assert re.findall(rb"\d{9,}", without_sums) == []


@pytest.mark.parametrize("suffix", ["csv", "parquet"])
def test_no_file_with_a_bsn_is_ever_written(suffix: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Many batches, in little memory: nothing appears but the result, not even for a moment or under another name."""
    for place in ("in", "hier", "tijdelijk"):
        (tmp_path / place).mkdir()
    monkeypatch.chdir(tmp_path / "hier")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tijdelijk"))
    file = tmp_path / "in" / f"overlijden.{suffix}"
    persons = f"CASE i % 3 WHEN 0 THEN '{BSN}' WHEN 1 THEN '{OTHER}' END"
    # The day as text, in Parquet as well: then the file cannot be used as it is.
    duckdb.sql(f"COPY (SELECT {persons} AS client, '2021-02-03' AS datum FROM range(600000) t(i)) TO '{file}'")
    connect, seen = duckdb.connect, Watch()

    def with_little_memory(*place: str) -> duckdb.DuckDBPyConnection:
        con = connect(*place)
        con.execute("SET memory_limit = '200MB'")
        return con

    @contextmanager
    def watched(target: Path) -> Iterator[Path]:
        with output_directory(target) as directory:
            seen.add(directory)
            yield directory

    monkeypatch.setattr("aanspraak.claims.intake.output_directory", watched)
    monkeypatch.setattr(duckdb, "connect", with_little_memory)
    for place in (tmp_path, tmp_path / "in", tmp_path / "hier", tmp_path / "tijdelijk"):
        seen.add(place)
    options = Options(insurance=None, asked_on=None, today=TODAY, client="bsn")
    ingest([file], tmp_path / "uit", KEY, options, lambda _doing, _part: None)
    assert seen.names() == [".uit.onaf", "overlijden.parquet", "manifest.json", "uit"]
    assert Counter(rows(tmp_path, "overlijden", "client")) == dict.fromkeys(
        [(PSEUDONYM,), (pseudonymiser(KEY)(OTHER),), (None,)], 200000
    )
    assert BSN.encode() not in (tmp_path / "uit" / "manifest.json").read_bytes()


def test_rows_with_bsns_are_never_spilled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "overlijden.csv").write_text(f"client;datum\n{BSN};2021-01-01\n")
    with checked_table(tmp_path / "overlijden.csv", "bsn") as table:
        table.con.execute("SET memory_limit = '50MB'")
        with pytest.raises(duckdb.OutOfMemoryException):
            table.con.execute("CREATE TABLE te_veel AS SELECT md5(i::VARCHAR) AS x FROM range(3000000) t(i) ORDER BY x")
    assert [file.name for file in tmp_path.iterdir()] == ["overlijden.csv"]


def test_what_was_read_is_a_data_set(tmp_path: Path) -> None:
    """Code lists and empty tables come along, so that the monitor finds all it needs in one place."""
    tables = {table.name: ";".join(column.name for column in table.columns) + "\n" for table in TABLES.values()}
    tables["zorgzwaartepakketten"] += "754;vv;5\n"
    tables["wlz_declaraties"] += f"{BSN};Z1;2021-01-01;2021-01-31;31;10.5;;754\n;Z1;2021-01-01;2021-01-31;1;1;;\n"
    tables["wlz_declaraties"] += "0;Z1;2021-01-01;2021-01-31;1;1;;\n"
    intake = take_in(tmp_path, "bsn", **tables)
    assert intake.rows == dict.fromkeys(TABLES, 0) | {"zorgzwaartepakketten": 1, "wlz_declaraties": 3}
    assert rows(tmp_path, "wlz_declaraties", "client") == [(PSEUDONYM,), (None,), (None,)]
    assert intake.people == {"met BSN": 1, "zonder BSN": 2}
    sources, _ = read(tmp_path / "uit", list(TABLES), tmp_path, lambda _: None)
    assert [source.parquet for source in sources] == [source.file for source in sources], "typed as the schema says"


def test_files_of_one_table_are_joined(tmp_path: Path) -> None:
    files = []
    for year in (2020, 2021):
        (tmp_path / str(year)).mkdir()
        files.append(tmp_path / str(year) / "overlijden.csv")
        files[-1].write_text(f"client,datum\n{BSN},{year}-01-01\n")
    options = Options(insurance=None, asked_on=None, today=TODAY, client="bsn")
    ingest(files, tmp_path / "uit", KEY, options, lambda _doing, _part: None)
    assert rows(tmp_path, "overlijden", "datum") == [(date(2020, 1, 1),), (date(2021, 1, 1),)]
    with pytest.raises(InputFaults, match=r"hetzelfde bestand als overlijden\.csv"):
        ingest([files[0], files[0]], tmp_path / "nog eens", KEY, options, lambda _doing, _part: None)


def test_faults_have_their_line_and_never_the_number(tmp_path: Path) -> None:
    said = refused(
        tmp_path,
        "bsn",
        overlijden=f"client;datum\n{BSN};2021-01-01\n\n{WRONG};2021-01-01\n99990006;2021-02-30\n{PSEUDONYM};2021-01-01\n"
        f"000000000;2021-01-01\n {BSN};2021-01-01\n",
        wlz_declaraties=WLZ + f"{BSN};{BSN};2021-01-01;2021-01-31;{BSN};Jansen;X{BSN};{BSN}\n",
    )
    assert "overlijden.csv, kolom client: voldoet niet aan de elfproef (2×)" in said
    assert "overlijden.csv, kolom client: is geen nummer van negen cijfers (3×)" in said
    assert re.search(r"elfproef \(2×\).*\n    rij 4\n    rij 7\n", said)
    assert re.search(r"negen cijfers \(3×\).*\n    rij 5\n    rij 6\n    rij 8\n", said)
    assert "    rij 5: '2021-02-30'" in said, "a schema fault of the same row is told too"
    assert "wlz_declaraties.csv, kolom prestatiecode: bevat het nummer van de cliënt" in said
    assert "wlz_declaraties.csv, kolom zorgaanbieder: bevat het nummer van de cliënt" in said
    assert "kolom bedrag: is geen bedrag" in said
    assert "rij 2: '??????'" in said
    assert re.search(r"\d{8}", said) is None
    assert PSEUDONYM not in said
    assert "Jansen" not in said


def test_a_file_without_a_header_does_not_show_its_first_row(tmp_path: Path) -> None:
    said = refused(tmp_path, "bsn", overlijden=f"{BSN};2021-01-01\n{OTHER};2021-01-01\n")
    assert "kolom client: de kolom ontbreekt" in said
    assert re.search(r"\d{8}", said) is None


def test_what_client_holds_must_be_said(tmp_path: Path) -> None:
    said = refused(tmp_path, None, overlijden=f"client;datum\n{BSN};2021-01-01\n")
    assert "overlijden.csv, kolom client: " in said
    assert "Geef --client bsn of --client pseudoniem." in said
    codes = "zorgzwaartepakket;sector;zorgprofiel\n754;vv;5\n"
    assert take_in(tmp_path, None, zorgzwaartepakketten=codes).rows == {"zorgzwaartepakketten": 1}


def test_pseudonyms_pass_as_they_are_and_a_mixed_column_does_not(tmp_path: Path) -> None:
    mixed = f"client;datum\n{PSEUDONYM};2021-01-01\n{BSN};2021-01-01\n0;2021-01-01\nSYN00000001;2021-01-01\n"
    said = refused(tmp_path, "pseudoniem", overlijden=mixed)
    assert "kolom client: is geen pseudoniem van dit programma (2×)" in said
    assert "    rij 3\n    rij 5" in said
    assert BSN not in said
    intake = take_in(tmp_path, "pseudoniem", overlijden=f"client;datum\n{PSEUDONYM};2021-01-01\n0;2021-01-01\n")
    assert rows(tmp_path, "overlijden", "client") == [(PSEUDONYM,), (None,)]
    assert intake.people == {"met pseudoniem": 1, "zonder pseudoniem": 1}


def test_synthetic_data_does_not_lose_its_mark(tmp_path: Path) -> None:
    (tmp_path / "syn").mkdir()
    (tmp_path / "syn" / "manifest.json").write_text('{"synthetisch": true}')
    with pytest.raises(InputFaults, match=r"prestaties\.csv: is synthetisch"):
        take_in(tmp_path / "syn", None, prestaties=";".join(column.name for column in TABLES["prestaties"].columns))


def test_a_table_is_known_by_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(KEY_VARIABLE, KEY.decode())
    assert table_of(Path("x/overlijden.csv")) == "overlijden"
    assert table_of(Path("overlijden.txt")) is None
    (tmp_path / "sterfte.csv").write_text(f"client;datum\n{BSN};2021-01-01\n")
    code = run(["gegevens", "inlezen", str(tmp_path / "sterfte.csv"), "--uitvoer", str(tmp_path / "uit")])
    said = " ".join(capsys.readouterr().err.split())
    assert code == 5
    assert "sterfte.csv: is geen bekend bericht" in said
    assert "CSV of Parquet met de naam van een tabel" in said
    assert "overlijden" in said
    assert not (tmp_path / "uit").exists()


@settings(max_examples=30, deadline=None)
@given(st.lists(bsns | st.integers(0, 999_999_999).map(lambda n: f"{n:09}"), min_size=1, max_size=60, unique=True))
def test_the_elfproef_of_tables_is_that_of_messages(numbers: list[str]) -> None:
    """In SQL and in Python: the same numbers pass, and the same rows are named."""
    wrong = [place for place, number in enumerate(numbers, start=2) if not is_bsn(number)]
    content = "client;datum\n" + "".join(f"{number};2021-01-01\n" for number in numbers)
    with TemporaryDirectory() as name:
        if not wrong:
            take_in(Path(name), "bsn", overlijden=content)
            expected = [(pseudonymiser(KEY)(number),) for number in numbers]
            assert rows(Path(name), "overlijden", "client") == expected
            return
        with pytest.raises(InputFaults) as caught:
            take_in(Path(name), "bsn", overlijden=content)
        (fault,) = caught.value.faults
        assert fault.count == len(wrong)
        assert [place.row for place in fault.places] == wrong[:20]


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=300), st.sampled_from(["bsn", "pseudoniem"]))
def test_random_bytes_are_read_or_refused_in_words(tail: bytes, client: Client) -> None:
    with TemporaryDirectory() as name:
        said = ""
        try:
            take_in(Path(name), client, overlijden=f"client;datum\n{BSN};".encode() + tail)
        except InputFaults as error:
            said = str(error)
        assert re.search(r"\d{9}", said) is None
        assert sorted(file.name for file in Path(name).iterdir()) == ["overlijden.csv"] + ["uit"] * (not said)


def test_an_interrupt_of_a_query_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """DuckDB makes a RuntimeError of it; another one is a fault of ours and must show."""
    monkeypatch.setenv(KEY_VARIABLE, KEY.decode())
    (tmp_path / "overlijden.csv").write_text(f"client;datum\n{BSN};2021-01-01\n")
    words = [
        "gegevens",
        "inlezen",
        str(tmp_path / "overlijden.csv"),
        "--client",
        "bsn",
        "--uitvoer",
        str(tmp_path / "uit"),
    ]

    def stop(*_: object) -> None:
        raise RuntimeError(QUERY_INTERRUPTED)

    def fail(*_: object) -> None:
        raise RuntimeError("iets anders")

    monkeypatch.setattr("aanspraak.claims.intake.checked_table", stop)
    assert run(words) == 130
    monkeypatch.setattr("aanspraak.claims.intake.checked_table", fail)
    with pytest.raises(RuntimeError, match="iets anders"):
        run(words)
    assert [file.name for file in tmp_path.iterdir()] == ["overlijden.csv"]
