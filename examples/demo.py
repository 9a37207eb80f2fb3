"""`make demo`: the commands that a newcomer would try, one after the other, with what they print."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from rich.console import Console

HERE = Path(__file__).parent
AANSPRAAK = Path(sys.executable).with_name("aanspraak")
CONSOLE = Console(highlight=False)


def main(folder: Path) -> None:
    """Run the demo; what it makes goes into `folder`."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    step("1. Eén casus: wie betaalt, hoe, hoeveel en waarom")
    for case in ("logopedie-mpt", "parkinson-verblijf", "huisarts-vraagt-so", "opname-delier"):
        story(case)
        run("toets", f"examples/casussen/{case}.yaml")
    step("2. Niet alles bekend: dan komen precies de vragen terug die het antwoord nog kunnen veranderen")
    story("wie-is-dit")
    run("toets", "examples/casussen/wie-is-dit.yaml")
    step("3. Een heel bestand: elke rij krijgt de uitkomst en de regel")
    decided = folder / "zaken-beslist.csv"
    run("besluit", "examples/zaken.csv", "--besluit", "bekostiging_paramedische_zorg", "--uitvoer", str(decided))
    step("4. Het bewijs: elke situatie heeft op elke dag precies één regel")
    run("regels", "bewijs")
    step("5. Nederland: een synthetische bevolking, en wat de NZa in de declaraties zag")
    country = folder / "nederland"
    run("synthese", "--schaal", "0.02", "--uitvoer", str(country))
    monitor, paths = folder / "leveringsvormen", folder / "trajecten"
    run("monitor", "leveringsvormen", "--invoer", str(country), "--uitvoer", str(monitor))
    run("monitor", "trajecten", "--invoer", str(country), "--uitvoer", str(paths))
    step("6. Naar buiten: afgerond, en niemand is te herleiden")
    published = folder / "publicatie"
    run("publicatie", "--invoer", str(paths), "--uitvoer", str(published))
    CONSOLE.print("\n[bold]Klaar.[/bold] Open de rapporten:")
    for report in (monitor, paths, published):
        CONSOLE.print(f"  {report / 'rapport.html'}")
    CONSOLE.print("Volgende stap: beantwoord een eigen casus met  .venv/bin/aanspraak vraag")
    CONSOLE.print(f"In de browser, met deze cijfers:  .venv/bin/aanspraak serve --resultaten {folder}", soft_wrap=True)


def step(title: str) -> None:
    CONSOLE.print()
    CONSOLE.rule(f"[bold]{title}[/bold]", align="left")


def story(case: str) -> None:
    """The case in words: the comment at the head of its file."""
    lines = (HERE / "casussen" / f"{case}.yaml").read_text(encoding="utf-8").splitlines()
    CONSOLE.print("\n" + " ".join(line.removeprefix("# ") for line in lines if line.startswith("#")), style="italic")


def run(*arguments: str) -> None:
    CONSOLE.print(f"\n$ aanspraak {' '.join(arguments)}", style="cyan")
    done = subprocess.run([AANSPRAAK, *arguments], cwd=HERE.parent, check=False)  # noqa: S603
    if done.returncode:
        CONSOLE.print(f"De demo stopt: aanspraak gaf exitcode {done.returncode}.", style="red")
        sys.exit(done.returncode)


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
