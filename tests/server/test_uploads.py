"""Files made to cost more than they weigh: each is refused with words, soon, and without memory."""

from __future__ import annotations

import io
import struct
import time
import zipfile
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from aanspraak.api import job_worker
from aanspraak.engine.casefile import DataError

NAME = "specifieke_kennis_nodig"
SHEET = "xl/worksheets/sheet1.xml"
NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def excel(sheet: str) -> bytes:
    """A good Excel file with another sheet in it."""
    good, out = io.BytesIO(), io.BytesIO()
    openpyxl.Workbook().save(good)
    with zipfile.ZipFile(good) as parts, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as mine:
        for name in parts.namelist():
            mine.writestr(name, sheet if name == SHEET else parts.read(name))
    return out.getvalue()


def with_entities(declared: str, value: str) -> bytes:
    cells = f'<row r="1">{cell("A1", NAME)}</row><row r="2">{cell("A2", value)}</row>'
    return excel(
        f'<!DOCTYPE worksheet [{declared}]><worksheet xmlns="{NAMESPACE}"><sheetData>{cells}</sheetData></worksheet>'
    )


def cell(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def laughs() -> bytes:
    """Ten to the power of nine words, said in a few lines."""
    steps = "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 10))
    return with_entities(f'<!ENTITY a0 "ha">{steps}', "&a9;")


def lies() -> bytes:
    """An archive that says it holds ten bytes, and holds 30 MB."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as parts, parts.open(SHEET, "w") as part:
        for _ in range(30):
            part.write(b"0" * 1_000_000)
    written = bytearray(out.getvalue())
    struct.pack_into("<I", written, written.rfind(b"PK\x01\x02") + 24, 10)
    return bytes(written)


def boundless() -> bytes:
    """A sheet that says it is as large as a sheet can be, with its second row at the end of it."""
    rows = f'<row r="1">{cell("A1", NAME)}</row><row r="1048576">{cell("A1048576", "ja")}</row>'
    size = '<dimension ref="A1:XFD1048576"/>'
    return excel(f'<worksheet xmlns="{NAMESPACE}">{size}<sheetData>{rows}</sheetData></worksheet>')


def long() -> bytes:
    """Five million equal rows in a few kilobytes."""
    out, rows = io.BytesIO(), pa.table({NAME: pa.array(["ja"] * 1_000_000)})
    with pq.ParquetWriter(out, rows.schema, compression="zstd") as writer:
        for _ in range(5):
            writer.write_table(rows)
    return out.getvalue()


def wide_parquet() -> bytes:
    out = io.BytesIO()
    pq.write_table(pa.table({f"k{i}": ["1"] for i in range(1001)}), out)
    return out.getvalue()


BOMBS = {
    "grap": (laughs, "xlsx", "niet te lezen als Excel"),
    "bestand van de server": (
        lambda: with_entities('<!ENTITY x SYSTEM "file:///etc/hostname">', "&x;"), "xlsx", "niet te lezen als Excel"
    ),
    "leugen": (lies, "xlsx", "niet te lezen als Excel"),
    "eindeloos blad": (boundless, "xlsx", "heeft 1048575 rijen; hier kunnen er 1000000"),
    "lang": (long, "parquet", "heeft 5000000 rijen; hier kunnen er 1000000"),
    "breed": (wide_parquet, "parquet", "heeft 1001 kolommen; hier kunnen er 1000"),
    "breed als tekst": (lambda: b";".join([NAME.encode()] * 200_000), "csv", "kolommen; hier kunnen er 1000"),
}  # fmt: skip


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_does_not_go_off(bomb: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make, kind, words = BOMBS[bomb]
    content = make()
    assert len(content) < 5_000_000
    monkeypatch.chdir(tmp_path)
    Path(f"casussen.{kind}").write_bytes(content)
    begun = time.process_time()
    with pytest.raises(DataError) as error:
        job_worker.run(
            {
                "besluiten": ["aard_paramedische_zorg"], "peildatum": None, "kennisdatum": None,
                "hervorming": None, "formaat": kind,
            }
        )  # fmt: skip
    assert words in str(error.value)
    assert time.process_time() - begun < 20
    assert sum(file.stat().st_size for file in tmp_path.iterdir()) < 10_000_000
