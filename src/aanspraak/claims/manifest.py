"""The manifest: what a run read, did and wrote, so that it can be repeated and checked."""

import hashlib
import json
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from aanspraak.claims.faults import Fault, InputFaults

NAME = "manifest.json"


def is_synthetic(directory: Path) -> bool:
    """Whether a data set says of itself that it is synthetic; a data set without a manifest says nothing."""
    file = directory / NAME
    if not file.is_file():
        return False
    try:
        manifest = json.loads(file.read_text(encoding="utf-8"))
    except ValueError:
        manifest = None
    stated = manifest.get("synthetisch", False) if isinstance(manifest, dict) else None
    if not isinstance(stated, bool):
        problem = "zegt niet of de gegevens synthetisch zijn"
        remedy = 'Zet er geldige JSON in met "synthetisch": true of false, of verwijder het bestand.'
        raise InputFaults([Fault(NAME, None, problem, remedy)])
    return stated


def write_manifest(directory: Path, step: str, started: datetime, content: dict[str, Any]) -> None:
    """Write `manifest.json`: who made it and how long that took, then `content`, then every file with its sum."""
    manifest = {
        "stap": step,
        "aanspraak": version("aanspraak"),
        "begonnen": started.isoformat(timespec="seconds"),
        "duur_seconden": round((datetime.now(UTC) - started).total_seconds(), 1),
        **content,
        "uitvoer": [
            {"bestand": str(file.relative_to(directory)), "sha256": sha256(file)}
            for file in sorted(directory.rglob("*"))
            if file.is_file()
        ],
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=2)
    (directory / NAME).write_text(text + "\n", encoding="utf-8")


def sha256(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
