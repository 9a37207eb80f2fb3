"""The tables and figures of the report, as long data read from the result tables."""

from importlib.resources import files

import duckdb
import yaml

from aanspraak.monitor.exhibit import Exhibit
from aanspraak.monitor.figures import described_exhibits, prepare
from aanspraak.monitor.leveringsvormen.compute import OPTIONS

_HERE = files(__package__) / "figuren"
LABELS: dict[str, str] = yaml.safe_load((_HERE / "labels.yaml").read_text(encoding="utf-8"))


def exhibits(con: duckdb.DuckDBPyConnection) -> dict[str, Exhibit]:
    """All tables and figures by id, in the order of `figuren.yaml`; makes their views on the result tables."""
    con.execute("CREATE TABLE getoonde_profielen (sector VARCHAR, van INTEGER, tot INTEGER)")
    for sector, (low, high) in OPTIONS["zorgprofielen"].items():
        con.execute("INSERT INTO getoonde_profielen VALUES (?, ?, ?)", [sector, low, high])
    prepare(con, _HERE, OPTIONS, "clienten_per_jaar")
    return described_exhibits(con, _HERE, LABELS)
