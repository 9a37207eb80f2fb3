"""The fenced blocks of a Markdown page, and the commands in them with the output that the page shows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from textwrap import dedent

_FENCE = re.compile(
    r"^(?P<indent> *)(?P<mark>`{3,})(?P<info>[^\n`]*)\n(?P<text>.*?)^(?P=indent)(?P=mark) *$", re.M | re.S
)
_TITLE = re.compile(r'title="([^"]+)"')
_OURS = re.compile(r"(^|\| *|&& *)aanspraak\b")
_ANY = "…"


@dataclass(frozen=True, slots=True)
class Block:
    """`title` is the name of the file that the block shows, where it shows one; `line` is where its text begins."""

    language: str
    title: str
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Command:
    """What a page says to type, and what it says comes out: standard output and error as in a terminal."""

    text: str
    shown: str


def blocks(markdown: str) -> Iterator[Block]:
    for match in _FENCE.finditer(markdown):
        title = _TITLE.search(match["info"])
        language = match["info"].split()[0].lower() if match["info"].strip() else ""
        line = markdown.count("\n", 0, match.start("text")) + 1
        yield Block(language, title[1] if title else "", dedent(match["text"]), line)


def commands(block: Block) -> Iterator[Command]:
    """Every `$ …` of a block in which our program runs, with the lines under it. Other commands are for the reader:
    to install or to clone is not for a test."""
    for part in re.split(r"^\$ ", block.text, flags=re.M)[1:]:
        typed, _, shown = part.partition("\n")
        while typed.endswith("\\"):
            more, _, shown = shown.partition("\n")
            typed = f"{typed}\n{more}"
        if _OURS.search(typed):
            yield Command(typed, shown)


def is_like(shown: str, printed: str) -> bool:
    """Whether the printed text is what the page shows. A line «…» stands for any lines, «…» at the end of a line for
    the rest of it; spaces at the end of lines and the empty lines around do not count."""
    lines = [line.rstrip() for line in shown.strip().splitlines()]
    pattern = "".join(
        r"(?:.*\n)*?"
        if line.strip() == _ANY
        else re.escape(line.removesuffix(_ANY)) + (".*" if line.endswith(_ANY) else "") + "\n"
        for line in lines
    )
    text = "".join(f"{line.rstrip()}\n" for line in printed.strip().splitlines())
    return re.fullmatch(pattern, text) is not None
