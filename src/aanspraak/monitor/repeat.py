"""Make a result again by its manifest, and see whether the same comes out."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from aanspraak.claims.faults import Fault, InputFaults, UserError
from aanspraak.claims.manifest import NAME, sha256
from aanspraak.monitor.leveringsvormen.run import MONITOR as LEVERINGSVORMEN
from aanspraak.monitor.publication.run import run as publish
from aanspraak.monitor.regio.run import MONITOR as REGIO
from aanspraak.monitor.runner import Monitor, run
from aanspraak.monitor.trajecten.run import MONITOR as TRAJECTEN

_MONITORS: dict[str, Monitor[Any]] = {one.name: one for one in (LEVERINGSVORMEN, TRAJECTEN, REGIO)}
_PUBLICATION = "publicatie"


def repeat(result: Path, source: Path, target: Path, progress: Callable[[str], None]) -> list[str]:
    """Make in `target` what the manifest of `result` says was made, from the same files in `source`.

    Returns the names of the files that are not the same as then, byte for byte. Raises `UserError` where there is no
    such manifest and `InputFaults` where a file of `source` is not the one of then; then `target` is not made.
    """
    then = _manifest(result)
    try:
        again = _again(then)
        inputs, made = _sums(then["invoer"]), _sums(then["uitvoer"])
    except (KeyError, TypeError, ValueError) as error:
        raise UserError(f"{result / NAME} mist {error}. Geef de map van een resultaat zoals het gemaakt is.") from error
    remedy = "Geef met --invoer de gegevens van toen."
    changed = [
        Fault(name, None, "is niet het bestand van toen" if file.is_file() else "het bestand ontbreekt", remedy)
        for name, sum_ in inputs.items()
        for file in [source / name]
        if not file.is_file() or sha256(file) != sum_
    ]
    if changed:
        raise InputFaults(changed)
    again(source, target, "rapport.pdf" in made, progress)
    now = _sums(_manifest(target)["uitvoer"])
    return sorted(name for name in made.keys() | now.keys() if made.get(name) != now.get(name))


def _again(then: dict[str, Any]) -> Callable[[Path, Path, bool, Callable[[str], None]], object]:
    """What makes a result with the options of then. Raises `KeyError` where the manifest does not have them."""
    if then["stap"] == _PUBLICATION:
        secondary = then["opties"]["secundaire_onderdrukking"]
        return lambda source, target, pdf, _: publish(source, target, secondary, pdf)
    monitor = _MONITORS[then["stap"]]
    choices, engine = monitor.choices(then["opties"]), then["backend"]["naam"]
    return lambda source, target, pdf, progress: run(monitor, source, target, engine, choices, pdf, progress)


def _manifest(directory: Path) -> dict[str, Any]:
    try:
        manifest = json.loads((directory / NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UserError(f"{directory / NAME} is niet te lezen. Geef de map van een resultaat.") from error
    known = (*_MONITORS, _PUBLICATION)
    if not isinstance(manifest, dict) or manifest.get("stap") not in known:
        raise UserError(f"{directory / NAME} is niet van een van deze stappen: {', '.join(known)}.")
    return manifest


def _sums(files: list[dict[str, str]]) -> dict[str, str]:
    return {one["bestand"]: one["sha256"] for one in files}
