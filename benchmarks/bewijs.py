"""The proof of the whole rule base: no gap, no contradiction, no idle rule; by our diagrams and by Z3."""

from __future__ import annotations

from time import perf_counter

import measure
from aanspraak.engine.model import rules_of
from aanspraak.engine.proof import prove
from aanspraak.engine.proof_z3 import prove_decision_z3
from aanspraak.engine.reader import read_rules
from measure import Section, best, show


def section() -> Section:
    """Seconds, with every decision compiled anew."""
    base = read_rules()
    ours = {d.id: {(f.soort, f.regels) for f in findings} for d, findings in prove(base)}
    start = perf_counter()
    z3 = {name: prove_decision_z3(base, name) for name in base.besluiten}
    by_z3 = perf_counter() - start
    if ours != z3:
        raise SystemExit(f"the two proofs differ: {ours} and {z3}")
    times = [
        ("reading and checking the rule files", best(_read_anew)),
        ("our proof", best(lambda: list(prove(base)))),
        ("Z3, once", by_z3),
    ]
    return Section(
        "Proof",
        f"{len(base.besluiten)} decisions, {sum(1 for _ in rules_of(base))} rules, the declared domain, every day on "
        "which they hold. Both find the same.",
        ("what", "seconds"),
        tuple((label, f"{seconds:.2f}") for label, seconds in times),
    )


def _read_anew() -> None:
    read_rules.cache_clear()
    read_rules()


if __name__ == "__main__":
    print(measure.machine())  # noqa: T201
    show([section()])
