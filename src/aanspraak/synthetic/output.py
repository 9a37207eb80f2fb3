"""Write the tables of the data contract as Parquet or CSV, month by month, with row counts and sums."""

from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]
import pyarrow.csv as pa_csv  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]

from aanspraak.claims.arrow import arrow_schema
from aanspraak.synthetic.arrays import Days, Ints

Format = Literal["parquet", "csv"]


def text(labels: pa.StringArray, index: Ints) -> pa.StringArray:
    """`labels` at `index`; -1 gives null."""
    return labels.take(pa.array(index, mask=index < 0))


def days(values: Days, missing: int | None = None) -> pa.Array:
    """Days since 1970 as dates; `missing` gives null."""
    mask = None if missing is None else values == missing
    return pa.array(values.astype(np.int32), mask=mask).cast(pa.date32())


def decimals(values: Ints, places: int) -> pa.Array:
    """Whole multiples of the last decimal as a decimal(18, places)."""
    words = np.empty((len(values), 2), dtype="<i8")
    words[:, 0] = values
    words[:, 1] = values >> 63
    return pa.Array.from_buffers(pa.decimal128(18, places), len(values), [None, pa.py_buffer(words)])


class Writer:
    """One file that grows with every `write`; counts rows and adds up quantities and amounts."""

    def __init__(self, directory: Path, name: str, fmt: Format) -> None:
        self.name = name
        self.rows = 0
        self._schema = arrow_schema(name)
        self._sums = {field.name: 0 for field in self._schema if pa.types.is_decimal(field.type)}
        path = directory / f"{name}.{fmt}"
        self._file: Any
        if fmt == "parquet":
            # Light compression, and decimals as integers; the types that a reader sees are those of the contract.
            self._file = pq.ParquetWriter(
                path, self._schema, compression="zstd", compression_level=1, store_schema=False,
                store_decimal_as_integer=True,
            )  # fmt: skip
            self._file.add_key_value_metadata({"synthetisch": "ja"})
        else:
            options = pa_csv.WriteOptions(delimiter=";", quoting_style="none", quoting_header="none")
            self._file = pa_csv.CSVWriter(path, self._schema, write_options=options)

    def write(self, columns: dict[str, Any]) -> None:
        table = pa.table({name: columns[name] for name in self._schema.names}, schema=self._schema)
        self.rows += len(table)
        for name in self._sums:
            self._sums[name] += pc.sum(table[name]).as_py() or 0
        self._file.write_table(table)

    @property
    def summary(self) -> dict[str, Any]:
        """For the manifest."""
        return {"rijen": self.rows, "sommen": {name: str(total) for name, total in self._sums.items()}}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()
