"""Do a run again by its manifest, and see whether the same comes out."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from aanspraak.claims.faults import Fault, InputFaults, UserError
from aanspraak.claims.manifest import NAME, sha256
from aanspraak.monitor.leveringsvormen.run import STEP, run


def repeat(result: Path, source: Path, target: Path, progress: Callable[[str], None]) -> list[str]:
    """Run in `target` what the manifest of `result` says was run, on the same files in `source`.

    Returns the names of the files that are not the same as then, byte for byte. Raises `UserError` where there is no
    such manifest and `InputFaults` where a file of `source` is not the one of then; then `target` is not made.
    """
    then = _manifest(result)
    try:
        engine, days = then["backend"]["naam"], then["opties"]["mpt_dagen"]
        inputs, made = _sums(then["invoer"]), _sums(then["uitvoer"])
    except (KeyError, TypeError) as error:
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
    run(source, target, engine, days, "rapport.pdf" in made, progress)
    now = _sums(_manifest(target)["uitvoer"])
    return sorted(name for name in made.keys() | now.keys() if made.get(name) != now.get(name))


def _manifest(directory: Path) -> dict[str, Any]:
    try:
        manifest = json.loads((directory / NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UserError(f"{directory / NAME} is niet te lezen. Geef de map van een resultaat.") from error
    if not isinstance(manifest, dict) or manifest.get("stap") != STEP:
        raise UserError(f"{directory / NAME} is niet van `aanspraak monitor {STEP}`. Geef de map van zo'n resultaat.")
    return manifest


def _sums(files: list[dict[str, str]]) -> dict[str, str]:
    return {one["bestand"]: one["sha256"] for one in files}
