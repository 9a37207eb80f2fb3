"""What the pages tell readers to type, typed; and what they say comes out, compared."""

from __future__ import annotations

import doctest
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.docs.blocks import Block, blocks, commands, is_like

ROOT = Path(__file__).parents[2]
PAGES = [p for p in (*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").glob("*.md"))) if list(blocks(p.read_text()))]


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_blocks_do_what_the_page_says(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The blocks of a page run in order, in one folder and one Python session; a block with a title is a file there."""
    monkeypatch.chdir(tmp_path)
    session: dict[str, Any] = {"__name__": page.stem}
    for block in blocks(page.read_text(encoding="utf-8")):
        place = f"{page.relative_to(ROOT)}:{block.line}"
        if block.title:
            (tmp_path / block.title).write_text(block.text, encoding="utf-8")
        elif block.language in ("python", "pycon"):
            _run_python(block, session, place)
        else:
            _run_commands(block, tmp_path, place)


def _run_commands(block: Block, folder: Path, place: str) -> None:
    paths = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    for command in commands(block):
        done = subprocess.run(
            ["bash", "-c", command.text],
            cwd=folder,
            env={**os.environ, "PATH": paths, "COLUMNS": "100", "PYTHONIOENCODING": "utf-8"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )
        if not command.shown.strip():  # nothing shown, nothing promised: only that it works
            assert done.returncode == 0, f"{place}: $ {command.text}\n{done.stdout}"
            continue
        assert is_like(command.shown, done.stdout), (
            f"{place}: $ {command.text}\n--- the page shows\n{command.shown}\n--- it prints\n{done.stdout}"
        )


def _run_python(block: Block, session: dict[str, Any], place: str) -> None:
    if ">>>" not in block.text:
        exec(compile(block.text, place, "exec"), session)  # noqa: S102 - our own pages
        return
    report: list[str] = []
    test = doctest.DocTestParser().get_doctest(block.text, session, place, place, 0)
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS, verbose=False)
    result = runner.run(test, out=report.append, clear_globs=False)
    assert result.failed == 0, "".join(report)
    session.update(test.globs)


MARKDOWN = """
Text.

```yaml title="casus.yaml"
leeftijd: 40
```

1. In a list:

    ```console
    $ pip install aanspraak
    $ aanspraak toets \\
        casus.yaml
    uitkomst
    $ cat casus.yaml | aanspraak toets -
    ```
"""


def test_blocks_are_found_with_their_place() -> None:
    first, second = blocks(MARKDOWN)
    assert (first.language, first.title, first.text) == ("yaml", "casus.yaml", "leeftijd: 40\n")
    assert MARKDOWN.splitlines()[second.line - 1].strip() == "$ pip install aanspraak"


def test_only_our_commands_run_with_the_lines_under_them() -> None:
    _, console = blocks(MARKDOWN)
    assert [(c.text, c.shown) for c in commands(console)] == [
        ("aanspraak toets \\\n    casus.yaml", "uitkomst\n"),
        ("cat casus.yaml | aanspraak toets -", ""),
    ]


@pytest.mark.parametrize(
    ("shown", "printed", "alike"),
    [
        ("een\ntwee\n", "een\ntwee\n", True),
        ("een\ntwee\n", "een\ndrie\n", False),
        ("een\n", "een\ntwee\n", False),
        ("", "een\n", False),
        ("…\ntwee\n", "nul\neen\ntwee\n", True),
        ("een\n…\n", "een\n", True),
        ("een\n…\n", "nul\neen\n", False),
        ("in 0,4 s. Bevindingen: …\n", "in 0,4 s. Bevindingen: 0.\n", True),
        ("a.c\n", "abc\n", False),
    ],
)
def test_shown_output_is_compared_exactly_but_for_ellipses(shown: str, printed: str, alike: bool) -> None:
    assert is_like(shown, printed) is alike


def test_a_page_that_shows_other_output_fails(tmp_path: Path) -> None:
    (block,) = blocks("```console\n$ aanspraak regels toon bestaat-niet\nalles goed\n```\n")
    with pytest.raises(AssertionError, match="alles goed"):
        _run_commands(block, tmp_path, "hier")


def test_a_command_without_shown_output_must_succeed(tmp_path: Path) -> None:
    (block,) = blocks("```console\n$ aanspraak regels toon bestaat-niet\n```\n")
    with pytest.raises(AssertionError, match="Fout"):
        _run_commands(block, tmp_path, "hier")


def test_a_page_whose_python_shows_other_output_fails() -> None:
    (block,) = blocks("```pycon\n>>> 1 + 1\n3\n```\n")
    with pytest.raises(AssertionError, match="Expected"):
        _run_python(block, {}, "hier")
