"""Faults between rules, that no single rule shows: names that clash, cycles, relations to nothing."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from graphlib import CycleError, TopologicalSorter
from itertools import combinations

from aanspraak.engine.model import Decision, Rule, RuleBase, rules_of


def recorded_faults(base: RuleBase) -> list[str]:
    """Faults of all rules ever recorded, as «file:line: what; remedy»."""
    return [
        fault
        for decision in base.ooit.values()
        for fault in (*_unused_values(decision), *_lost_exceptions(decision), *_examples(base, decision))
    ]


def wellformed_faults(base: RuleBase) -> list[str]:
    """Faults of the rules as known on one day, as «file:line: what; remedy»."""
    faults = [*_duplicate_ids(base), *_unclear_inputs(base)]
    for decision in base.besluiten.values():
        faults += [
            *(_consequences(decision) if decision.verzamel else [*_outcomes(decision), *_overlaps(decision)]),
            *_lost_exceptions(decision),
            *_circular_exceptions(decision),
        ]
    needs = {d.id: {m.id for r in d.regels for n in r.als if (m := base.producer(n))} for d in base.besluiten.values()}
    if cycle := _cycle(needs):
        first = base.besluiten[cycle[0]]
        faults.append(
            f"{first.plaats}: besluiten hangen in een kring van elkaar af: {' → '.join(cycle)}; verbreek de kring"
        )
    return faults


def _duplicate_ids(base: RuleBase) -> Iterator[str]:
    seen: dict[str, Rule] = {}
    for _, rule in rules_of(base):
        if rule.id in seen:
            yield f"{rule.plaats}: regel-id «{rule.id}» bestaat al ({seen[rule.id].plaats}); kies een ander id"
        seen.setdefault(rule.id, rule)


def _unclear_inputs(base: RuleBase) -> Iterator[str]:
    makers: dict[str, list[str]] = {}
    for decision in base.besluiten.values():
        for name in decision.uitkomst:
            makers.setdefault(name, []).append(decision.id)
    for _, rule in rules_of(base):
        for name in rule.als:
            if len(makers.get(name, [])) > 1:
                who = ", ".join(makers[name])
                yield f"{rule.plaats}: «{name}» is een uitkomst van meer besluiten ({who}); geef elk een eigen naam"


def _consequences(decision: Decision) -> Iterator[str]:
    for rule in decision.regels:
        if not rule.gevolg:
            yield f"{rule.plaats}: regel «{rule.id}» heeft geen gevolg; kies afwijzen, signaleren of informeren"
        for key, value in (("dan", rule.dan), ("grens", rule.grens)):
            if value:
                yield f"{rule.plaats}: «{key}» hoort niet bij een regel van een lijst (treffer: verzamel); haal het weg"


def _outcomes(decision: Decision) -> Iterator[str]:
    for rule in decision.regels:
        if rule.gevolg:
            yield f"{rule.plaats}: «gevolg» hoort alleen bij een lijst (treffer: verzamel); haal het weg"
        for name in decision.uitkomst.keys() - rule.dan.keys():
            yield f"{rule.plaats}: regel «{rule.id}» zegt niets over «{name}»; vul het aan bij dan"
        for name, value in rule.dan.items():
            if name not in decision.uitkomst:
                yield f"{rule.plaats}: «{name}» is geen uitkomst van dit besluit; verbeter dan of uitkomst"
            elif value not in decision.uitkomst[name]:
                allowed = ", ".join(decision.uitkomst[name])
                yield f"{rule.plaats}: «{value}» is geen uitkomst van «{name}»; kies uit {allowed}"


def _unused_values(decision: Decision) -> Iterator[str]:
    for name, values in decision.uitkomst.items():
        for value in set(values) - {rule.dan.get(name) for rule in decision.regels}:
            yield f"{decision.plaats}: geen regel geeft {name} «{value}»; haal de waarde weg of voeg een regel toe"


def _lost_exceptions(decision: Decision) -> Iterator[str]:
    ids = {rule.id for rule in decision.regels}
    for rule in decision.regels:
        for other in sorted(rule.in_afwijking_van - ids):
            yield f"{rule.plaats}: in_afwijking_van «{other}»: die regel is er niet in dit besluit; verbeter het id"


def _circular_exceptions(decision: Decision) -> Iterator[str]:
    ids = {rule.id for rule in decision.regels}
    if cycle := _cycle({rule.id: rule.in_afwijking_van & ids for rule in decision.regels}):
        places = decision.rule(cycle[0]).plaats
        yield f"{places}: regels wijken in een kring van elkaar af: {' → '.join(cycle)}; verbreek de kring"


def _overlaps(decision: Decision) -> Iterator[str]:
    def key(rule: Rule) -> Hashable:
        return frozenset(rule.als.items())

    for a, b in _pairs(decision.regels, key):
        related = a.id in b.in_afwijking_van or b.id in a.in_afwijking_van
        if not related and a.geldig[0] <= b.geldig[1] and b.geldig[0] <= a.geldig[1]:
            yield (
                f"{b.plaats}: «{b.id}» heeft dezelfde voorwaarden als «{a.id}» ({a.plaats}) en beide gelden tegelijk; "
                "laat de ene eindigen voor de andere begint"
            )


def _examples(base: RuleBase, decision: Decision) -> Iterator[str]:
    ids = {rule.id for rule in decision.regels}
    for example in decision.voorbeelden:
        for name, value in example.verwacht.items():
            if name == "regel":
                good = value in ids and not decision.verzamel
            elif name == "regels":
                good = decision.verzamel and isinstance(value, list) and ids.issuperset(value)
            elif name == "open":
                good = isinstance(value, list) and all(v in base.begrippen for v in value)
            elif name == "resteert":
                good = isinstance(value, int)
            else:
                good = str(value) in decision.uitkomst.get(name, ())
            if not good:
                yield f"{example.plaats}: verwacht {name}: «{value}» kan niet bij dit besluit; verbeter het voorbeeld"


def _pairs(rules: Iterable[Rule], key: Callable[[Rule], Hashable]) -> Iterator[tuple[Rule, Rule]]:
    groups: dict[Hashable, list[Rule]] = {}
    for rule in rules:
        groups.setdefault(key(rule), []).append(rule)
    for group in groups.values():
        yield from combinations(group, 2)


def _cycle(needs: dict[str, Iterable[str]] | dict[str, set[str]] | dict[str, frozenset[str]]) -> list[str]:
    try:
        TopologicalSorter(needs).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []
