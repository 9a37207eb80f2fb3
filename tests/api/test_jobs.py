"""Many cases at once: the file that comes out is what the engine decides row by row, and every mistake is told."""

from __future__ import annotations

import csv
import io
import time
import zipfile
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from aanspraak.api import job_store
from aanspraak.api.job_models import Taak
from aanspraak.database import connect
from aanspraak.engine.answer import answer
from aanspraak.engine.collect import collect
from aanspraak.engine.graph import inputs_of
from aanspraak.engine.model import RuleBase
from tests.server.process import serving

BESLUIT = "aard_paramedische_zorg"
CSV = "text/csv"
PARQUET = "application/vnd.apache.parquet"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ROWS = [("=1+1", "ja"), ("-5", "nee"), ("@som", ""), ("gewoon", "ja")]
HEADING = ("kenmerk", "specifieke_kennis_nodig")


def as_csv(rows: list[tuple[str, str]]) -> bytes:
    return "\n".join(";".join(row) for row in [HEADING, *rows]).encode()


def as_xlsx(rows: list[tuple[str, str]]) -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    for row in [HEADING, *rows]:
        book.active.append(row)
    for cells in book.active.iter_rows():
        cells[0].data_type = "s"  # text, whatever it looks like
    book.save(out)
    return out.getvalue()


def as_parquet(rows: list[tuple[str, str]]) -> bytes:
    out = io.BytesIO()
    pq.write_table(pa.table(dict(zip(HEADING, map(list, zip(*rows, strict=True)), strict=True))), out)
    return out.getvalue()


INPUTS = {CSV: as_csv, XLSX: as_xlsx, PARQUET: as_parquet}


def done(api: httpx.Client, content: bytes, kind: str = CSV, **query: str | list[str]) -> dict[str, Any]:
    """Put a file in and wait for the end."""
    said = api.post("/taken", params={"besluit": BESLUIT, **query}, content=content, headers={"content-type": kind})
    assert said.status_code == 202, said.text
    task = Taak.model_validate_json(said.content)
    assert said.headers["location"] == f"/v1/taken/{task.taak}"
    return finished(api, task.taak)


def finished(api: httpx.Client, job: str) -> dict[str, Any]:
    until = time.monotonic() + 60
    while (said := api.get(f"/taken/{job}")).json()["status"] in ("wacht", "bezig"):
        assert time.monotonic() < until, said.text
        time.sleep(0.05)
    Taak.model_validate_json(said.content)
    found: dict[str, Any] = said.json()
    return found


def table(api: httpx.Client, task: dict[str, Any]) -> list[dict[str, Any]]:
    """What came out."""
    said = api.get(f"/taken/{task['taak']}/uitkomst", params={"formaat": "parquet"})
    assert said.headers["content-type"] == PARQUET
    return pq.read_table(io.BytesIO(said.content)).to_pylist()


@pytest.mark.parametrize("kind", INPUTS)
def test_every_row_is_decided_as_a_case(api: httpx.Client, base: RuleBase, kind: str) -> None:
    task = done(api, INPUTS[kind](ROWS), kind, peildatum="2026-01-01")
    assert (task["status"], task["voortgang"], task["melding"]) == ("klaar", 100, None)
    result = table(api, task)
    expected, reasons = [], []
    for _, value in ROWS:
        found = answer(base, BESLUIT, {"specifieke_kennis_nodig": value} if value else {}, date(2026, 1, 1))
        expected.append("|".join(rule.id for rule in found.regels) or "onbekend")
        why = "Er ontbreken gegevens die het antwoord nog kunnen veranderen."
        reasons.append(" ".join(rule.omdat for rule in found.regels) or why)
    assert [row[f"{BESLUIT}_regel"] for row in result] == expected
    assert [row[f"{BESLUIT}_omdat"] for row in result] == reasons
    assert [row["kenmerk"] for row in result] == [mark for mark, _ in ROWS]
    unknown = [n for n in inputs_of(base, base.decision(BESLUIT)) if n not in ("peildatum", HEADING[1])]
    counts = {rule: expected.count(rule) for rule in expected}
    told = {"besluit": BESLUIT, "gebruikt": [HEADING[1]], "onbekend": unknown, "tellingen": counts, "kan_gelden": {}}
    kinds = ["csv", "xlsx", "parquet"]
    assert task["uitslag"] == {"rijen": 4, "peildatum": "2026-01-01", "besluiten": [told], "formaten": kinds}


def test_several_decisions_stand_beside_each_other(api: httpx.Client, base: RuleBase) -> None:
    names = [BESLUIT, "bekostiging_paramedische_zorg", "te_vertellen_rechten"]
    both = {"wlz_indicatie": "ja", "kan_zelf_beslissen": "nee", HEADING[1]: "ja"}
    cases = [{**both, "leveringsvorm": form} for form in ("mpt", "pgb", "logeren") * 40]
    heading = ";".join(cases[0])
    content = "\n".join([heading, *(";".join(case.values()) for case in cases)]).encode()
    task = done(api, content, besluit=names, peildatum="2026-01-01")
    assert task["besluiten"] == names
    assert task["status"] == "klaar", task["melding"]
    assert [told["besluit"] for told in task["uitslag"]["besluiten"]] == names
    for row, case in zip(table(api, task), cases, strict=True):
        for name in names[:2]:
            rules = [rule.id for rule in answer(base, name, case, date(2026, 1, 1)).regels]
            assert row[f"{name}_regel"] == ("|".join(sorted(rules)) or "onbekend")
        found = collect(base, names[2], case, date(2026, 1, 1))
        assert row[f"{names[2]}_regels"] == "|".join(rule.id for rule in found.treft)
        assert row[f"{names[2]}_open"] == "|".join(why.regel.id for why in found.mogelijk)
    certain = Counter(rule for row in table(api, task) for rule in row[f"{names[2]}_regels"].split("|") if rule)
    assert task["uitslag"]["besluiten"][2]["tellingen"] == certain


def test_one_job_gives_every_kind_of_file_with_the_same_in_it(api: httpx.Client) -> None:
    task = done(api, as_csv(ROWS))
    content = {
        kind: api.get(f"/taken/{task['taak']}/uitkomst", params={"formaat": kind}).content
        for kind in task["uitslag"]["formaten"]
    }
    expected = [[cell or "" for cell in row.values()] for row in table(api, task)]
    expected = [["'=1+1", *expected[0][1:]], expected[1], ["'@som", *expected[2][1:]], expected[3]]
    text = list(csv.reader(io.StringIO(content["csv"].decode("utf-8-sig")), delimiter=";"))
    sheet = openpyxl.load_workbook(io.BytesIO(content["xlsx"])).active
    assert text[1:] == expected
    assert [[cell or "" for cell in row] for row in sheet.iter_rows(min_row=2, values_only=True)] == expected


def test_a_reform_with_its_own_values_counts(api: httpx.Client) -> None:
    name, reform = "termijn_spoedopname", "termijn-spoedopname:dagen=42"
    heading = b"uitslag_indicatie;verblijf_in_instelling;dagen_sinds_besluit;dagen_opname_tot_besluit"
    content = heading + b"\nafgegeven;ja;-1;42\nafgegeven;ja;-1;43"
    task = done(api, content, besluit=name, hervorming=reform, peildatum="2027-04-08")
    assert task["hervorming"] == reform
    rules = [row[f"{name}_regel"] for row in table(api, task)]
    assert rules == ["spoed-langer-terugwerkend", "spoed-toch-te-laat"]


def test_a_csv_opens_in_excel_and_holds_no_formula(api: httpx.Client) -> None:
    task = done(api, as_csv(ROWS))
    said = api.get(f"/taken/{task['taak']}/uitkomst")
    assert said.headers["content-type"].startswith(CSV)
    assert 'filename="uitkomst.csv"' in said.headers["content-disposition"]
    assert said.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(said.content.decode("utf-8-sig")), delimiter=";"))
    assert rows[0][:2] == list(HEADING)
    assert [row[0] for row in rows[1:]] == ["'=1+1", "-5", "'@som", "gewoon"]


def test_an_excel_file_holds_no_formula(api: httpx.Client) -> None:
    task = done(api, as_csv(ROWS))
    said = api.get(f"/taken/{task['taak']}/uitkomst", params={"formaat": "xlsx"})
    sheet = openpyxl.load_workbook(io.BytesIO(said.content)).active
    assert said.headers["content-type"] == XLSX
    assert [cell.value for cell in sheet["A"]] == ["kenmerk", "'=1+1", "-5", "'@som", "gewoon"]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}


def test_an_excel_file_keeps_days_and_numbers(api: httpx.Client) -> None:
    book, out = openpyxl.Workbook(), io.BytesIO()
    book.active.append(["specifieke_kennis_nodig", "peildatum", "nummer"])
    book.active.append(["ja", date(2025, 3, 1), 7.0])
    book.active.append([None, None, None])
    book.active.append(["nee", None, None])
    book.active.append([None, None, None])
    book.save(out)
    task = done(api, out.getvalue(), XLSX)
    assert task["uitslag"]["rijen"] == 3  # a row keeps its number
    text = api.get(f"/taken/{task['taak']}/uitkomst").content.decode("utf-8-sig")
    assert "ja;2025-03-01;7;specifieke-kennis;specifiek" in text


def bomb() -> bytes:
    """An Excel file that unpacks to more than may be."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as parts, parts.open("xl/worksheets/sheet1.xml", "w") as part:
        for _ in range(201):
            part.write(b"0" * 1_000_000)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "kind", "words"),
    [
        (as_csv([("a", "mischien")]), CSV, "rij 1: «mischien»"),
        (as_csv([("123456782", "123456782")]), CSV, "rij 1: «(mogelijk een BSN)»"),
        (b"", CSV, "is leeg; zet ten minste een kopregel"),
        (b"iets;anders\n1;2", CSV, "geen enkele kolom is een gegeven van besluit"),
        (b"\xff\xfe\x00", CSV, "is geen UTF-8"),
        (b"geen parquet", PARQUET, "is niet te lezen als Parquet"),
        (b"geen excel", XLSX, "is niet te lezen als Excel-bestand"),
        (bomb(), XLSX, "is uitgepakt te groot"),
    ],
    ids=["waarde", "bsn", "leeg", "kolommen", "codering", "parquet", "excel", "bom"],
)
def test_what_is_wrong_with_a_file_is_told(api: httpx.Client, content: bytes, kind: str, words: str) -> None:
    task = done(api, content, kind)
    assert task["status"] == "mislukt"
    assert words in task["melding"]
    assert task["melding"].startswith("casussen.")  # and no folder of ours
    assert api.get(f"/taken/{task['taak']}/uitkomst").status_code == 409


def test_a_file_is_refused_at_the_door(api: httpx.Client) -> None:
    def status(content: bytes = b"x", kind: str = CSV, **query: str) -> int:
        said = api.post("/taken", params=query, content=content, headers={"content-type": kind})
        assert said.headers["content-type"] == "application/problem+json"
        return said.status_code

    assert status() == 400
    assert status(besluit="bestaat_niet") == 404
    assert status(besluit=BESLUIT, kind="application/json") == 415
    assert status(besluit=BESLUIT, hervorming="bestaat-niet") == 422
    assert status(besluit=BESLUIT, content=b"0" * 100_000_001) == 413
    said = api.post(f"/besluiten/{BESLUIT}/antwoorden", json={"gegeven": {"leeftijd": "4" * 1_000_000}})
    assert said.status_code == 413


def test_every_wrong_value_is_told_with_its_row_its_column_and_what_to_do(api: httpx.Client) -> None:
    content = b"leeftijd;specifieke_kennis_nodig\noud;ja\n82;misschien\n123456782;nee"
    task = done(api, content, besluit=[BESLUIT, "bekostiging_paramedische_zorg"])
    assert task["uitslag"] is None
    faults = [(f["kolommen"], f["aantal"], [(p["rij"], p["waarde"]) for p in f["plaatsen"]]) for f in task["fouten"]]
    assert sorted(faults) == [
        (["leeftijd"], 2, [(1, "oud"), (3, "(mogelijk een BSN)")]),
        (["specifieke_kennis_nodig"], 1, [(2, "misschien")]),
    ]
    assert {f["remedie"].partition(";")[0] for f in task["fouten"]} == {
        "geef een heel getal van 0 tot en met 125", "kies uit ja, nee",
    }  # fmt: skip


def test_a_job_that_is_removed_is_gone(api: httpx.Client) -> None:
    task = done(api, as_csv(ROWS))
    path = f"/taken/{task['taak']}"
    assert api.delete(path).status_code == 204
    assert (api.get(path).status_code, api.delete(path).status_code) == (404, 404)
    assert api.get(f"{path}/uitkomst").status_code == 404


@pytest.fixture
def stopped(tmp_path: Path) -> Iterator[str]:
    """A job that was at work when the server stopped."""
    store = job_store.open_store(connect(tmp_path), tmp_path)
    job = job_store.new_id(store)
    (store.folder_of(job) / "casussen.csv").write_bytes(as_csv(ROWS))
    order = {"besluiten": [BESLUIT], "peildatum": None, "kennisdatum": None, "hervorming": None, "formaat": "csv"}
    job_store.add(store, job, "", order)
    job_store.change(store, job, status="bezig", voortgang=40.0)
    store.database.dispose()
    return job


def test_a_job_survives_a_restart(stopped: str, tmp_path: Path) -> None:
    with serving(tmp_path) as address, httpx.Client(base_url=f"{address}/v1") as client:
        assert finished(client, stopped)["status"] == "klaar"


def test_jobs_are_not_kept_longer_than_a_day(stopped: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = job_store.open_store(connect(tmp_path), tmp_path)
    assert job_store.get(store, stopped, "")
    monkeypatch.setattr(job_store, "KEPT", -job_store.KEPT)
    job_store.clean(store)
    assert job_store.get(store, stopped, "") is None
    assert not store.folder_of(stopped).exists()
    store.database.dispose()
