"""YAML with the line of every part, and without YAML's surprises (`no` stays a word)."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import yaml

Path_ = tuple[str | int, ...]
"""The place of a part in a file: `("regels", 0, "als")`."""

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass
class Document:
    """The data of a YAML file, the line where each part stands, and the faults found while reading."""

    name: str
    data: object = None
    lines: dict[Path_, int] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def place(self, *path: str | int) -> str:
        """file:line of a part, or of the nearest part around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return f"{self.name}:{self.lines.get(path, 1)}"

    def fault(self, path: Path_, text: str) -> None:
        self.faults.append(f"{self.place(*path)}: {text}")


def read_yaml(path: Path, name: str) -> Document:
    """Read a file. Faults (not YAML, a key twice) are in the document, not raised."""
    try:
        return parse_yaml(path.read_text(encoding="utf-8"), name)
    except (UnicodeDecodeError, OSError) as error:
        document = Document(name)
        document.fault((), f"niet te lezen ({getattr(error, 'strerror', None) or 'geen UTF-8'}); lever het opnieuw aan")
        return document


def parse_yaml(text: str, name: str) -> Document:
    """YAML, and so JSON: a tab there is only space. Faults are in the document, not raised."""
    document = Document(name)
    try:
        node = yaml.compose(text.expandtabs() if text.lstrip().startswith("{") else text, Loader=_LOADER)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        document.lines[()] = mark.line + 1 if mark else 1
        problem = getattr(error, "problem", None) or "tekens die niet mogen"
        document.fault((), f"niet te lezen als YAML ({problem}); zet tekst met : > # of {{ tussen aanhalingstekens")
        return document
    if node is not None:
        document.data = _data(node, (), document)
    return document


def _data(node: yaml.Node, path: Path_, document: Document) -> object:
    document.lines.setdefault(path, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        data: dict[str | int, object] = {}
        for key_node, value_node in node.value:
            key = key_node.value if isinstance(key_node, yaml.ScalarNode) else "?"
            document.lines[(*path, key)] = key_node.start_mark.line + 1
            if key in data:
                document.fault((*path, key), f"«{key}» staat er twee keer; haal er een weg")
            data[key] = _data(value_node, (*path, key), document)
        return data
    if isinstance(node, yaml.SequenceNode):
        return [_data(child, (*path, i), document) for i, child in enumerate(node.value)]
    return _scalar(node.value, node.tag)


def _scalar(text: str, tag: str) -> str | int | date | None:
    if tag.endswith(":null"):
        return None
    if tag.endswith(":int") and text.lstrip("-").isdigit():
        return int(text)
    if tag.endswith(":timestamp") and len(text) == 10:
        with suppress(ValueError):
            return date.fromisoformat(text)
    return text
