"""Steps find their own order, and everything they need is in the data contract."""

from pathlib import Path

import pytest

from aanspraak.claims.backends import open_backend
from aanspraak.claims.faults import MissingSoftware
from aanspraak.claims.schema import TABLES
from aanspraak.claims.steps import load_steps, outside_inputs
from aanspraak.monitor.leveringsvormen.compute import INPUTS, STEPS


def test_steps_are_ordered_by_what_they_read(tmp_path: Path) -> None:
    (tmp_path / "a_last.sql").write_text("WITH lokaal AS (SELECT * FROM tussen) SELECT * FROM lokaal, bron")
    (tmp_path / "tussen.view.sql").write_text("SELECT * FROM bron JOIN elders USING (x)")
    (tmp_path / "notities.yaml").write_text("x: 1")
    steps = load_steps(tmp_path)
    assert [(step.name, step.kept) for step in steps] == [("tussen", False), ("a_last", True)]
    assert steps[1].inputs == {"tussen", "bron"}
    assert outside_inputs(steps) == {"bron", "elders"}


def test_the_steps_of_the_monitor_read_tables_of_the_contract() -> None:
    assert set(INPUTS) <= TABLES.keys()
    assert len({step.name for step in STEPS}) == len(STEPS)


def test_every_step_says_where_its_method_comes_from() -> None:
    for step in STEPS:
        comment = "".join(line for line in step.sql.splitlines() if line.startswith("--"))
        assert "NZa 2023" in comment or "Significant 2022" in comment, step.name


def test_spark_without_java_is_explained(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(MissingSoftware, match="Spark heeft Java 17 of nieuwer nodig"):
        open_backend("spark", tmp_path)
