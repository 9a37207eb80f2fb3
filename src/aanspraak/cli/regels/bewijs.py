"""`aanspraak regels bewijs`: prove that no decision has a gap, a contradiction or an idle rule; examples hold."""

from __future__ import annotations

import time
from collections.abc import Collection
from importlib.util import find_spec
from typing import Annotated

import typer

from aanspraak.cli.options import Hervorming, Kennisdatum, law
from aanspraak.cli.terminal import FOUND, bullets, heading, number, say
from aanspraak.cli.words import period
from aanspraak.engine.examples import wrong_examples
from aanspraak.engine.knowledge import known_otherwise
from aanspraak.engine.model import RuleBase, UserError
from aanspraak.engine.proof import Finding, prove


def bewijs(
    ctx: typer.Context,
    z3: Annotated[bool, typer.Option("--z3", help="Bewijs het ook met Z3 en vergelijk.")] = False,
    kennisdatum: Kennisdatum = "",
    hervorming: Hervorming = "",
) -> None:
    """Bewijs dat elke situatie op elke dag precies één regel heeft. Code 6 als er iets is.

    Ook dat de voorbeelden uitkomen, en het bewijs zoals de regels vroeger bekend waren; behalve met een kennisdatum of
    hervorming.
    """
    base = law(ctx, hervorming, kennisdatum).base
    if z3 and find_spec("z3") is None:
        raise UserError("Z3 ontbreekt. Installeer het met: pip install 'aanspraak[bewijs]', of laat --z3 weg.")
    start = time.perf_counter()
    layered = bool(hervorming or kennisdatum)  # examples are of the rules as they are
    proven, found = _prove(base, set(base.besluiten), z3=z3, examples=not layered)
    for period_, then, names in () if layered else known_otherwise(base):
        heading(f"Zoals bekend {period(period_)}")
        more, faults = _prove(then, names, z3=z3)
        proven, found = proven + more, found + faults
    seconds = f"{time.perf_counter() - start:.1f}".replace(".", ",")
    also = ", ook met Z3" if z3 else ""
    say(f"{number(proven)} besluiten bewezen{also} in {seconds} s. Bevindingen: {number(found)}.")
    if found:
        raise typer.Exit(FOUND)


def _prove(base: RuleBase, names: Collection[str], *, z3: bool, examples: bool = False) -> tuple[int, int]:
    """How many of these decisions are proven, and how many findings there are."""
    found = 0
    proven = set()
    for decision, findings in prove(base, names):
        proven.add(decision.id)
        wrong = [f"{finding.soort}: {finding.tekst}" for finding in findings]
        if examples and all(finding.soort == "nooit" for finding in findings):
            wrong += [f"voorbeeld: {text}" for text in wrong_examples(base, decision)]
        if z3:
            wrong += _z3_differs(base, decision.id, findings)
        say(f"{'✗' if wrong else '✓'} {decision.id}: {number(len(decision.regels))} regels")
        bullets(wrong)
        found += len(wrong)
    for name in sorted({*names} - proven):
        say(f"– {name}: niet bewezen, want een besluit eronder heeft een fout")
    return len(proven), found


def _z3_differs(base: RuleBase, name: str, findings: list[Finding]) -> list[str]:
    """Where the second prover finds something else."""
    from aanspraak.engine.proof_z3 import prove_decision_z3  # an optional extra

    ours = {(f.soort, f.regels) for f in findings}
    theirs = prove_decision_z3(base, name)
    return [
        f"Z3 vindt {'wel' if one in theirs else 'geen'} {one[0]} {', '.join(sorted(one[1]))}; meld dit als fout van ons"
        for one in sorted(ours ^ theirs, key=str)
    ]
