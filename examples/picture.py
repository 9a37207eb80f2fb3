"""The picture in the README: the head of what a terminal shows for a case.

`python examples/picture.py docs/beelden/antwoord.svg` makes it anew.
"""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from pathlib import Path

from rich.console import Console
from rich.text import Text

AANSPRAAK = Path(sys.executable).with_name("aanspraak")
COMMAND = ("toets", "examples/casussen/logopedie-mpt.yaml")
WIDTH = 100


def main(target: Path) -> None:
    terminal = {**os.environ, "FORCE_COLOR": "1", "COLUMNS": str(WIDTH)}
    root = Path(__file__).parent.parent
    shown = subprocess.run([AANSPRAAK, *COMMAND], env=terminal, cwd=root, capture_output=True, text=True, check=True)  # noqa: S603
    head = Text.from_ansi(shown.stdout).split("\n")
    end = next(i for i, line in enumerate(head) if line.plain.startswith("Waarom niet anders"))
    console = Console(record=True, width=WIDTH, file=io.StringIO())
    console.print(Text(f"$ aanspraak {' '.join(COMMAND)}", style="cyan"))
    console.print(Text("\n").join(head[:end]))
    console.print(Text("… en verder: waarom niet anders, en alle bronnen met hun link", style="dim"))
    svg = re.sub(r"@font-face \{.*?\}\s*", "", console.export_svg(title="aanspraak"), flags=re.DOTALL)
    target.write_text(svg.replace("Fira Code, monospace", "monospace"), encoding="utf-8")  # fetch no font


if __name__ == "__main__":
    main(Path(sys.argv[1]))
