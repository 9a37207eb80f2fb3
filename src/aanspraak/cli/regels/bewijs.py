"""`aanspraak regels bewijs`: prove that no decision has a gap, a contradiction or an idle rule."""

from __future__ import annotations

import time
from importlib.util import find_spec
from typing import Annotated

import typer

from aanspraak.cli.options import Hervorming, law
from aanspraak.cli.terminal import FOUND, bullets, number, say
from aanspraak.engine.model import RuleBase, UserError
from aanspraak.engine.proof import Finding, prove


def bewijs(
    ctx: typer.Context,
    z3: Annotated[bool, typer.Option("--z3", help="Bewijs het ook met Z3 en vergelijk.")] = False,
    hervorming: Hervorming = "",
) -> None:
    """Bewijs dat elke situatie op elke dag precies één regel heeft. Code 6 als er iets is."""
    base = law(ctx, hervorming).base
    if z3 and find_spec("z3") is None:
        raise UserError("Z3 ontbreekt. Installeer het met: pip install 'aanspraak[bewijs]', of laat --z3 weg.")
    start = time.perf_counter()
    found = 0
    proven = set()
    for decision, findings in prove(base):
        proven.add(decision.id)
        different = _z3_differs(base, decision.id, findings) if z3 else []
        say(f"{'✗' if findings or different else '✓'} {decision.id}: {number(len(decision.regels))} regels")
        bullets([*(f"{finding.soort}: {finding.tekst}" for finding in findings), *different])
        found += len(findings) + len(different)
    for name in base.besluiten.keys() - proven:
        say(f"– {name}: niet bewezen, want een besluit eronder heeft een fout")
    seconds = f"{time.perf_counter() - start:.1f}".replace(".", ",")
    also = ", ook met Z3" if z3 else ""
    say(f"{number(len(proven))} besluiten bewezen{also} in {seconds} s. Bevindingen: {number(found)}.")
    if found:
        raise typer.Exit(FOUND)


def _z3_differs(base: RuleBase, name: str, findings: list[Finding]) -> list[str]:
    """Where the second prover finds something else."""
    from aanspraak.engine.proof_z3 import prove_decision_z3  # an optional extra

    ours = {(f.soort, f.regels) for f in findings}
    theirs = prove_decision_z3(base, name)
    return [
        f"Z3 vindt {'wel' if one in theirs else 'geen'} {one[0]} {', '.join(sorted(one[1]))}; meld dit als fout van ons"
        for one in sorted(ours ^ theirs, key=str)
    ]
