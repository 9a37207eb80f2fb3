"""Everything that no source prints is in one file, with its unit and the reason, and is used."""

from importlib.resources import files
from typing import Any

import pytest
import yaml

from aanspraak import published, synthetic
from aanspraak.engine.reader import read_rules
from aanspraak.synthetic.sources import assumptions, care_packages

HERE = files(synthetic)
ENTRIES: dict[str, Any] = yaml.safe_load((HERE / "aannames.yaml").read_text("utf-8"))
CODE = "\n".join(file.read_text("utf-8") for file in HERE.iterdir() if file.name.endswith(".py"))


@pytest.mark.parametrize("name", ENTRIES)
def test_an_assumption_has_a_value_a_unit_and_a_reason_and_is_used(name: str) -> None:
    assert set(ENTRIES[name]) == {"waarde", "eenheid", "waarom"}
    assert len(ENTRIES[name]["waarom"]) > 30
    assert f'"{name}"' in CODE


def test_shares_add_up() -> None:
    values = assumptions()
    for shares in (
        *values["verdeling_overige_ghz"].values(),
        *(targets for sector in values["herindicatie_naar"].values() for targets in sector.values()),
        {code: kind["aandeel"] for code, kind in values["paramedisch_soort"].items()},
    ):
        assert sum(shares.values()) == pytest.approx(1)
    for forms in values["bestemming_bij_uitstroom"].values():
        assert all(sum(chances.values()) <= 1 for chances in forms.values())


def test_people_only_move_to_a_more_complete_form() -> None:
    """Else someone could come into a form twice, and unique clients would not follow from who leaves."""
    order = ("pgb", "mpt", "vpt_excl", "vpt_incl", "zzp_excl", "zzp_incl")
    for forms in assumptions()["bestemming_bij_uitstroom"].values():
        for form, chances in forms.items():
            targets = [target for target in chances if target in order]
            assert all(order.index(target) > order.index(form) for target in targets)
            assert not (form.startswith("vpt") and any(target.startswith("vpt") for target in targets))


def test_every_published_figure_names_its_source() -> None:
    assert {source.split()[0] for source in published.sources()} <= read_rules().bronnen.keys()
    names = {file.name.removesuffix(".csv") for file in files(published).iterdir() if file.name.endswith(".csv")}
    assert len(names) >= 6
    assert {name for name in names if f'"{name}"' not in CODE} == set(), "figures that the synthetic data do not use"


def test_packages_have_three_digits_and_a_known_sector() -> None:
    rows = care_packages()
    assert len({row["zorgzwaartepakket"] for row in rows}) == len(rows)
    assert all(len(row["zorgzwaartepakket"]) == 3 and row["bron"] for row in rows)
