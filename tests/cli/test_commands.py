"""Exit codes, and what a transcript cannot show: terminals, pipes, interrupts, and what is loaded."""

from __future__ import annotations

import io
import json
import os
import pty
import re
import signal
import subprocess
import sys
import time
from dataclasses import replace
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest

from aanspraak.cli import run
from aanspraak.engine.model import Rule, RuleBase
from tests.cli.conftest import RULES, Command

PROGRAM = Path(sys.executable).with_name("aanspraak")
ON_EXAMPLES = (
    "import sys; from pathlib import Path; from aanspraak.cli import run;"
    "from aanspraak.engine.reader import read_rules;"
    f"sys.exit(run(sys.argv[1:], read_rules(Path({str(RULES)!r}))))"
)
CASE = ["toets", "--besluit", "stalling", "--gegeven", "fiets=geen", "--peildatum", "2025-03-01"]


def changed(base: RuleBase, **what: object) -> RuleBase:
    """The rules with something changed in the rule «geen-lid»."""
    decision = base.besluiten["stalling"]

    def change(rule: Rule) -> Rule:
        return replace(rule, **what) if rule.id == "geen-lid" else rule  # type: ignore[arg-type]

    rules = tuple(map(change, decision.regels))
    return replace(base, besluiten={**base.besluiten, "stalling": replace(decision, regels=rules)})


def test_faulty_rules_give_4_and_the_proof_gives_6_with_a_counterexample(aanspraak: Command, base: RuleBase) -> None:
    gap = changed(base, als={"lid": frozenset({"nee"}), "fiets": frozenset({"gewoon"})})
    asked = aanspraak("toets --besluit stalling --gegeven lid=nee", rules=gap)
    assert (asked.code, asked.out) == (4, "")
    assert "niet elke situatie heeft een regel" in asked.err
    proof = aanspraak("regels bewijs --z3", rules=gap)
    assert proof.code == 6
    assert "✗ stalling" in proof.out
    assert "fiets = bak" in proof.out
    assert "Z3" not in proof.out.split("ook met Z3")[0]


def test_an_example_that_does_not_hold_is_found(aanspraak: Command, base: RuleBase) -> None:
    decision = base.besluiten["stalling"]
    wrong = replace(decision.voorbeelden[0], verwacht={"betaler": "eigenaar", "regel": "geen-lid", "resteert": 6})
    rules = replace(base, besluiten={**base.besluiten, "stalling": replace(decision, voorbeelden=(wrong,))})
    proof = aanspraak("regels bewijs", rules=rules)
    said = " ".join(proof.out.split())
    assert proof.code == 6
    assert f"voorbeeld: {wrong.plaats}, op 2019-01-01: betaler is gemeente, en niet eigenaar" in said
    assert "regel is lid-gratis, en niet geen-lid" in said
    assert "resteert" not in said
    assert aanspraak("regels bewijs --kennisdatum 2026-01-01", rules=rules).code == 0


def test_z3_that_finds_something_else_is_told(
    aanspraak: Command, base: RuleBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("aanspraak.engine.proof_z3.prove_decision_z3", lambda *_: {("gat", frozenset())})
    result = aanspraak("regels bewijs --z3", rules=base)
    assert result.code == 6
    assert "Z3 vindt wel gat" in result.out


def test_a_faulty_reform_names_every_fault(aanspraak: Command, folder: Path) -> None:
    text = (folder / "hervormingen/alles-gratis.yaml").read_text("utf-8")
    (folder / "fout.yaml").write_text(
        text.replace("lid: nee", "led: nee").replace("folder blad 4]", "krant 3]"), "utf-8"
    )
    result = aanspraak("toets --besluit stalling --hervorming fout.yaml")
    assert result.code == 4
    assert "fout.yaml:11: onbekend begrip «led»" in result.err
    assert "onbekende bron «krant»" in result.err


def test_an_unknown_reform_names_those_there_are(aanspraak: Command) -> None:
    result = aanspraak("toets --besluit stalling --hervorming bestaat-niet")
    assert result.code == 2
    assert "Er is geen hervorming «bestaat-niet». Kies uit " in result.err


def test_a_reform_of_the_law_is_found_by_name(capsys: pytest.CaptureFixture[str]) -> None:
    args = ["toets", "--besluit", "aard_paramedische_zorg", "--gegeven", "specifieke_kennis_nodig=ja"]
    assert run([*args, "--peildatum", "2027-02-01", "--hervorming", "behandeling-naar-zvw"]) == 0
    assert "Verkenning, geen geldend recht" in capsys.readouterr().out


def test_json_is_json_and_notes_stay_out_of_it(aanspraak: Command) -> None:
    result = aanspraak("toets zaak.yaml --gegeven gekocht=2020-01-01 --json")
    assert json.loads(result.out)["uitkomst"]["betaler"] == {"waarde": "gemeente", "label": "De gemeente"}
    assert result.err == "Niet van belang voor dit besluit: gekocht.\n"


def test_dmn_is_xml_of_the_day(aanspraak: Command) -> None:
    result = aanspraak("regels dmn stalling --peildatum 2025-03-01")
    assert result.code == 0
    assert ElementTree.fromstring(result.out).tag.endswith("definitions")  # noqa: S314 - our own output
    assert "geen-lid" in result.out
    assert aanspraak("regels dmn staling").code == 2


def test_dmn_has_the_rules_as_they_were_known(aanspraak: Command) -> None:
    now, then = (
        aanspraak(f"regels dmn wegsleepboete --peildatum 2021-03-01{known}").out
        for known in ("", " --kennisdatum 2021-03-01")
    )
    assert ("boete-afgeschaft" in now, "niet-lid-boete" in now, "bekend op" in now) == (True, False, False)
    assert ("boete-afgeschaft" in then, "niet-lid-boete" in then, "bekend op 2021-03-01" in then) == (False, True, True)


def test_the_command_at_the_end_of_the_questions_gives_the_same_answer(aanspraak: Command) -> None:
    asked = aanspraak("vraag --besluit stalling --peildatum 2025-03-01", "1\n1\n50\n4\n").out
    again = aanspraak(asked.splitlines()[-1].split(maxsplit=1)[1]).out
    assert again.strip() in asked


def test_a_day_that_cannot_be_is_asked_again_in_words(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("100\n2026-12-24\n2026-08-14\n"))
    assert run(["vraag", "--besluit", "termijn_verblijf_zvw", "--peildatum", "2026-11-22"]) == 0
    shown = capsys.readouterr().out
    assert "begin van het verblijf is 24-12-2026 en peildatum is 22-11-2026" in shown
    assert "Gebruikt: 100." in shown


def test_a_table_is_tab_separated_in_a_pipe() -> None:
    lines = played(["regels", "lijst"]).splitlines()
    assert [len(line.split("\t")) for line in lines] == [6, 6, 6, 6, 6]


def test_a_terminal_gets_a_panel_colour_and_links_within_its_width() -> None:
    shown = in_terminal(CASE)
    assert "╭─ Wie de stalling betaalt ─" in shown
    assert "\x1b[1m" in shown
    assert "\x1b]8;" in shown
    plain = re.sub(r"\x1b\[[0-9;]*m|\x1b\]8;.*?\x1b\\", "", shown)
    assert "│ betaler  Niemand  " in plain
    assert max(map(len, plain.splitlines())) <= 60
    assert "\x1b" not in played(CASE)
    assert "╭" not in played(CASE)


def test_a_reader_that_stops_early_is_no_error() -> None:
    args = [sys.executable, "-c", ON_EXAMPLES, "regels", "toon", "stalling"]
    with subprocess.Popen(args, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as program:
        assert program.stdout
        assert program.stderr
        program.stdout.close()
        assert program.stderr.read() == b""


def test_an_interrupt_gives_130_without_a_traceback() -> None:
    main, end = pty.openpty()
    args = [sys.executable, "-c", ON_EXAMPLES, "vraag", "--besluit", "stalling"]
    with subprocess.Popen(args, stdin=end, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as program:
        assert program.stdout
        while b"fiets is het" not in program.stdout.readline():
            pass
        time.sleep(0.5)
        program.send_signal(signal.SIGINT)
        _, err = program.communicate(timeout=30)
    os.close(main)
    os.close(end)
    assert (program.returncode, err) == (130, b"")


def test_one_case_loads_no_heavy_library() -> None:
    heavy = "('duckdb', 'sqlglot', 'altair', 'numpy', 'pyarrow', 'pyspark', 'z3')"
    code = f"from aanspraak.cli import run; run({[*CASE[:3], '--peildatum', '2025-03-01']!r}); import sys;"
    code = (
        code.replace("'stalling'", "'aard_paramedische_zorg'")
        + f"sys.exit(str([m for m in {heavy} if m in sys.modules]))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stderr == "[]\n"


def test_the_installed_program_answers_from_the_law() -> None:
    day = date.today().isoformat()
    line = [
        "toets",
        "--besluit",
        "aard_paramedische_zorg",
        "--gegeven",
        "specifieke_kennis_nodig=ja",
        "--peildatum",
        day,
    ]
    done = subprocess.run([PROGRAM, *line], capture_output=True, text=True, check=True)
    assert "aard van de paramedische zorg: Specifieke paramedische zorg" in done.stdout
    wrong = subprocess.run([PROGRAM, "toets", "--besluit", "aard"], capture_output=True, text=True, check=False)
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert "Bedoelt u aard_paramedische_zorg" in wrong.stderr


@pytest.mark.parametrize(
    "command", ["toets", "vraag", "besluit", "gegevens", "monitor", "publicatie", "synthese", "regels", "regels toon"]
)
def test_help_is_in_dutch(aanspraak: Command, command: str) -> None:
    result = aanspraak(f"{command} --help")
    assert result.code == 0
    assert f"Gebruik: aanspraak {command}" in result.out
    assert "Toon deze uitleg." in result.out
    assert not re.search(r"\b(Options|Usage|required|default|Commands|Show)\b", result.out)


def test_without_a_command_the_help_comes_with_code_2(aanspraak: Command) -> None:
    result = aanspraak("")
    assert result.code == 2
    for command in ("toets", "vraag", "besluit", "gegevens", "monitor", "publicatie", "synthese", "regels"):
        assert re.search(rf"│ {command} +\w", result.out)


def played(args: list[str]) -> str:
    done = subprocess.run([sys.executable, "-c", ON_EXAMPLES, *args], capture_output=True, text=True, check=True)
    return done.stdout


def in_terminal(args: list[str]) -> str:
    """What the program shows in a terminal of 60 columns."""
    main, end = pty.openpty()
    setting = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "60", "LINES": "40"}
    setting.pop("NO_COLOR", None)
    command = [sys.executable, "-c", ON_EXAMPLES, *args]
    with subprocess.Popen(command, stdin=end, stdout=end, stderr=end, env=setting):
        os.close(end)
        shown = b""
        try:
            while piece := os.read(main, 4096):
                shown += piece
        except OSError:  # the other end closed: all has been read
            pass
    os.close(main)
    return shown.decode()
