"""Faults in rule files: each named with file, line and remedy, and all of them at once.

`goed/` is a small rule base without faults; every file of `fout/` takes the place of its `thema/boven.yaml`, and one
called `begrip-…` stands beside its concepts. What the reader says of it stands in `fout/meldingen.txt`; after a
change: `python -m tests.engine.test_reader`.
"""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from aanspraak.engine.answer import answer
from aanspraak.engine.law import reforms
from aanspraak.engine.model import RuleBase, RuleError, UserError
from aanspraak.engine.reader import read_reform, read_rules
from aanspraak.engine.reform import apply_reform
from aanspraak.engine.sources import coverage, juriconnect, link

HERE = Path(__file__).parent
GOOD = HERE / "goed"
BAD = sorted((HERE / "fout").glob("*.yaml"))
MESSAGES = HERE / "fout" / "meldingen.txt"


def faults_of(bad: Path) -> list[str]:
    with TemporaryDirectory() as folder:
        rules = Path(folder) / "regels"
        shutil.copytree(GOOD, rules)
        concepts = bad.stem.startswith("begrip-")
        shutil.copy(bad, rules / "begrippen" / bad.name if concepts else rules / "thema" / "boven.yaml")
        try:
            read_rules(rules)
        except RuleError as error:
            return list(error.faults)
    return []


def told() -> dict[str, list[str]]:
    blocks = MESSAGES.read_text(encoding="utf-8").strip().split("\n\n")
    return {name: lines for name, *lines in (block.split("\n") for block in blocks)}


@pytest.mark.parametrize("bad", BAD, ids=lambda p: p.stem)
def test_fault_is_named_with_place_and_remedy(bad: Path) -> None:
    faults = faults_of(bad)
    assert faults == told()[bad.stem]
    assert all(":" in fault.split(" ")[0] for fault in faults)


def test_every_folder_with_decisions_has_a_name_and_a_place(tmp_path: Path) -> None:
    rules = tmp_path / "regels"
    shutil.copytree(GOOD, rules)
    (rules / "themas.yaml").write_text("themas:\n  elders: Elders\n", "utf-8")
    with pytest.raises(RuleError) as told:
        read_rules(rules)
    assert told.value.faults[:2] == (
        "themas.yaml:2: er is geen map «elders» met besluiten; haal haar hier weg of maak haar",
        "themas.yaml:1: de map «thema» staat er niet bij; noem haar, en hoe zij heet",
    )


@pytest.fixture
def base() -> RuleBase:
    return read_rules(GOOD)


def test_good_rules_answer(base: RuleBase) -> None:
    got = answer(base, "boven", {"kleur": "rood", "aantal": 6}, date(2020, 1, 1))
    assert got.uitkomst == {"uit": "y"}
    assert got.resteert is not None
    assert got.resteert.resteert == 1


def test_an_outcome_underneath_may_be_given_itself(base: RuleBase) -> None:
    assert answer(base, "boven", {"kleur": "rood", "tussen": "p"}, date(2020, 1, 1)).uitkomst == {"uit": "y"}
    assert answer(base, "boven", {"kleur": "rood", "tussen": "q"}, date(2020, 1, 1)).uitkomst == {"uit": "x"}


def test_citation_links_to_the_text_whose_numbers_it_follows(base: RuleBase) -> None:
    law = base.bronnen["wet"]
    reference = "jci1.3:c:BWBR0000001&artikel=1.1&lid=2&z=2020-01-01&g=2020-01-01"
    assert juriconnect(law, "1.1 lid 2") == reference
    assert link(law, "1.1 lid 2") == f"https://wetten.overheid.nl/{reference}"
    assert juriconnect(law, "bijlage 1 lid 1 a") == "jci1.3:c:BWBR0000001&bijlage=1&z=2020-01-01&g=2020-01-01"


def test_coverage_shows_the_part_that_no_rule_cites_and_the_proposal_without_a_reform(base: RuleBase) -> None:
    assert [(part, ids) for _, part, _, ids in coverage(base, reforms(base).values())] == [
        ("1.1", ["gewoon", "rood-en-veel", "veel", "weinig"]),
        ("2", []),
        ("1.1", ["alles-y"]),
        ("3", []),
    ]


def test_reform_holds_from_its_day(base: RuleBase) -> None:
    reformed = apply_reform(base, read_reform(base, "alles-y"))
    facts = {"kleur": "wit"}
    assert answer(reformed, "boven", facts, date(2026, 12, 31)).uitkomst == {"uit": "x"}
    assert answer(reformed, "boven", facts, date(2027, 1, 1)).uitkomst == {"uit": "y"}
    assert answer(base, "boven", facts, date(2027, 1, 1)).uitkomst == {"uit": "x"}
    assert reformed.hervormingen == ("alles-y",)


def test_unknown_reform_names_those_there_are(base: RuleBase) -> None:
    with pytest.raises(UserError, match="Kies uit alles-y, of geef het pad"):
        read_reform(base, "alles-z")


REFORM = """hervorming: kapot
titel: Kapot
grond: [wet 1.1]
vanaf: 2027-01-01
wijzigingen:
- besluit: {decision}
  beeindig: [{ends}]
  regels:
  - {{id: {id}, dan: {{uit: {value}}}, grond: [wet 1.1], omdat: Zo.}}
"""


@pytest.mark.parametrize(
    ("decision", "ends", "rule_id", "value", "fault"),
    [
        ("bovenste", "gewoon", "nieuw", "y", "kapot.yaml:8: besluit «bovenste» bestaat niet; verbeter de naam"),
        ("boven", "gewoner", "nieuw", "y", "kapot.yaml:8: regel «gewoner» is er niet in «boven»; verbeter beeindig"),
        ("boven", "gewoon", "veel", "y", "regel-id «veel» bestaat al"),
        ("boven", "gewoon", "nieuw", "z", "kapot.yaml:9: «z» is geen waarde van «uit»; kies een waarde van het begrip"),
    ],
)
def test_faulty_reform_is_named(
    base: RuleBase, tmp_path: Path, decision: str, ends: str, rule_id: str, value: str, fault: str
) -> None:
    path = tmp_path / "kapot.yaml"
    path.write_text(REFORM.format(decision=decision, ends=ends, id=rule_id, value=value), encoding="utf-8")
    with pytest.raises(RuleError) as caught:
        apply_reform(base, read_reform(base, str(path)))
    assert any(fault in f for f in caught.value.faults), caught.value.faults


def test_reform_that_leaves_a_gap_is_refused_when_used(base: RuleBase, tmp_path: Path) -> None:
    path = tmp_path / "gat.yaml"
    path.write_text(
        "hervorming: gat\ntitel: Gat\ngrond: [wet 1.1]\nvanaf: 2027-01-01\n"
        "wijzigingen:\n- {besluit: boven, beeindig: [gewoon]}\n",
        encoding="utf-8",
    )
    reformed = apply_reform(base, read_reform(base, str(path)))
    with pytest.raises(RuleError, match="niet elke situatie heeft een regel"):
        answer(reformed, "boven", {"kleur": "wit"}, date(2026, 1, 1))


if __name__ == "__main__":
    blocks = ("\n".join([bad.stem, *faults_of(bad)]) for bad in BAD)
    MESSAGES.write_text("\n\n".join(blocks) + "\n", encoding="utf-8")
