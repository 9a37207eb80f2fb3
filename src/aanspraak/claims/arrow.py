"""The tables of the contract as Arrow: typed as the schema says, written a batch at a time."""

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]
from numpy.typing import NDArray

from aanspraak.claims.columns import Kind
from aanspraak.claims.schema import TABLES

_TYPES = {
    Kind.TEXT: pa.string(),
    Kind.DATE: pa.date32(),
    Kind.MONEY: pa.decimal128(18, 2),
    Kind.QUANTITY: pa.decimal128(18, 4),
    Kind.INTEGER: pa.int32(),
    Kind.BOOLEAN: pa.bool_(),
}


def arrow_schema(table: str) -> pa.Schema:
    """The columns of a table of the contract."""
    return pa.schema([(column.name, _TYPES[column.kind]) for column in TABLES[table].columns])


def euros(cents: NDArray[np.int64]) -> pa.Array:
    """Whole cents as euros with two decimals, exactly."""
    whole = pa.array(cents).cast(pa.decimal128(19, 0))
    return pc.multiply(whole, pa.scalar(Decimal("0.01"))).cast(_TYPES[Kind.MONEY])


class TableWriter:
    """Parquet files in a directory, one a table, made when the first rows of the table come."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._files: dict[str, Any] = {}
        self.rows: dict[str, int] = {}

    def write(self, name: str, columns: Mapping[str, Any] | pa.Table) -> None:
        """Add rows: every column of the table, or a table that has the right types already."""
        schema = arrow_schema(name)
        if not isinstance(columns, pa.Table):
            columns = pa.table({field.name: columns[field.name] for field in schema}, schema=schema)
        if name not in self._files:
            self._files[name] = pq.ParquetWriter(self._directory / f"{name}.parquet", schema, compression="zstd")
        self._files[name].write_table(columns)
        self.rows[name] = self.rows.get(name, 0) + len(columns)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for file in self._files.values():
            file.close()
