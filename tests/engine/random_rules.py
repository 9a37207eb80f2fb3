"""Random rule bases, and what they mean by definition: the oracle against which every use of the rules is tested."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from itertools import product

from hypothesis import strategies as st

from aanspraak.engine.graph import decisions_under, inputs_of
from aanspraak.engine.model import (
    LAST_DAY,
    PEILDATUM,
    Box,
    Citation,
    Concept,
    Decision,
    Impossible,
    Range,
    Rule,
    RuleBase,
    Source,
    contains,
    ordinal,
)

DAYS = tuple(date(2020, 2, 27).toordinal() + i for i in range(5))
"""Five days around a leap day: the whole calendar of the random rules."""

Case = dict[str, str | int | date | None]
GROUND = (Citation("bron", "1"),)

CONCEPTS = {
    "kleur": Concept(
        "kleur", "keuze", "kleur", "Welke kleur?", waarden={"rood": "Rood", "wit": "Wit", "blauw": "Blauw"}
    ),
    "vlag": Concept("vlag", "ja_nee", "vlag", "Is er een vlag?", waarden={"ja": "Ja", "nee": "Nee"}),
    "aantal": Concept("aantal", "getal", "aantal", "Hoeveel?", van=0, tot=4),
    "dag": Concept("dag", "datum", "dag", "Welke dag?", van=DAYS[0], tot=DAYS[-1]),
    "tussen": Concept("tussen", "keuze", "tussen", "Wat ertussen?", waarden={"p": "P", "q": "Q", "r": "R"}),
    "uit": Concept("uit", "keuze", "uit", "Wat eruit?", waarden={"x": "X", "y": "Y", "z": "Z"}),
}
INPUTS = ("kleur", "vlag", "aantal", "dag")


def boxes(concept: Concept) -> st.SearchStrategy[Box]:
    if concept.discrete:
        return st.sets(st.sampled_from(list(concept.waarden)), min_size=1).map(frozenset)
    return _ranges(concept.van, concept.tot).map(lambda r: (r,))


def _ranges(low: int, high: int) -> st.SearchStrategy[Range]:
    return st.tuples(st.integers(low, high), st.integers(low, high)).map(lambda ab: (min(ab), max(ab)))


@st.composite
def conditions(draw: st.DrawFn, names: tuple[str, ...]) -> dict[str, Box]:
    chosen = draw(st.lists(st.sampled_from(names), unique=True, max_size=3))
    return {name: draw(boxes(CONCEPTS[name])) for name in chosen}


@st.composite
def decisions(draw: st.DrawFn, name: str, field: str, inputs: tuple[str, ...], *, whole: bool) -> Decision:
    """A decision; `whole` ones have a rule for everything, to which each further rule is an exception, so that they
    have no gap or contradiction. Others have what chance gives them."""
    valid = draw(_ranges(DAYS[0], DAYS[-1])) if not whole else (DAYS[0], DAYS[-1])
    values = tuple(CONCEPTS[field].waarden)
    rules: list[Rule] = []
    for i in range(draw(st.integers(1, 5))):
        general = whole and i == 0
        before = [rule.id for rule in rules]
        above = (
            frozenset(before) if whole else frozenset(draw(st.sets(st.sampled_from(before)))) if before else frozenset()
        )
        rules.append(
            Rule(
                f"{name}-{i}",
                {} if general else draw(conditions(inputs)),
                {field: draw(st.sampled_from(values))},
                GROUND,
                "Daarom.",
                valid if general else draw(_ranges(*valid)),
                frozenset(above),
            )
        )
    return Decision(name, name, "Wat?", {field: values}, valid, tuple(rules))


@st.composite
def rule_bases(draw: st.DrawFn, *, whole: bool = True) -> RuleBase:
    """A rule base with the decision `boven`, that may rest on the decision `onder`."""
    under = draw(decisions("onder", "tussen", INPUTS, whole=whole))
    above = draw(decisions("boven", "uit", (*INPUTS, "tussen"), whole=whole))
    impossible = draw(st.lists(conditions(INPUTS).filter(bool), max_size=2))
    return RuleBase(
        CONCEPTS,
        {"bron": Source("bron", "Bron", "Wij", "2020")},
        {"onder": under, "boven": above},
        tuple(Impossible(als, "Kan niet.") for als in impossible),
    )


@st.composite
def recorded_bases(draw: st.DrawFn) -> RuleBase:
    """A rule base of which the exceptions were recorded for a time only, or thought to hold on other days before."""
    base = replace(draw(rule_bases()), onmogelijk=())
    return replace(base, ooit={name: draw(_recorded(decision)) for name, decision in base.besluiten.items()})


@st.composite
def _recorded(draw: st.DrawFn, decision: Decision) -> Decision:
    general, *exceptions = decision.regels
    rules = [general]
    for rule in exceptions:
        first, last = draw(_ranges(DAYS[0], DAYS[-1]))
        if first == last or draw(st.booleans()):
            rules.append(replace(rule, vastgelegd=(first, last)))
        else:
            earlier = replace(rule, geldig=draw(_ranges(*decision.geldig)), vastgelegd=(first, last - 1))
            rules += [earlier, replace(rule, vastgelegd=(last, LAST_DAY))]
    return replace(decision, regels=tuple(rules))


@st.composite
def checklists(draw: st.DrawFn) -> RuleBase:
    """A rule base in which `boven` is a checklist, that may rest on the decision `onder`."""
    base = draw(rule_bases())
    random = draw(decisions("boven", "uit", (*INPUTS, "tussen"), whole=False))
    rules = tuple(replace(rule, dan={}, gevolg="signaleren") for rule in random.regels)
    checklist = replace(random, uitkomst={}, regels=rules, verzamel=True)
    return replace(base, besluiten={**base.besluiten, "boven": checklist})


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """A case with some inputs unknown, always with a day."""
    known: Case = {name: draw(st.none() | st.sampled_from(values_of(CONCEPTS[name]))) for name in INPUTS}
    return {**known, PEILDATUM: date.fromordinal(draw(st.sampled_from(DAYS)))}


def values_of(concept: Concept) -> list[str | int | date]:
    if concept.discrete:
        return list(concept.waarden)
    numbers = range(concept.van, concept.tot + 1)
    return [date.fromordinal(n) for n in numbers] if concept.soort == "datum" else list(numbers)


def meaning(
    base: RuleBase, name: str, case: Mapping[str, str | int | date | None], known: int | None = None
) -> frozenset[str] | None:
    """By definition: the ids of the rules that decide a complete case (one where all is well), or of a checklist match
    it; None where the case cannot exist. `known`: by the rules that were recorded on that day, and no others."""
    decision = base.besluiten[name]
    day = ordinal(case[PEILDATUM])  # type: ignore[arg-type]
    if not contains((decision.geldig,), day):
        return None
    inputs = set(inputs_of(base, decision))
    for impossible in base.onmogelijk:
        if inputs >= set(impossible.als) and all(contains(b, ordinal(case[n])) for n, b in impossible.als.items()):  # type: ignore[arg-type]
            return None
    return _matching(base, decision, case, known)


def _matching(
    base: RuleBase, decision: Decision, case: Mapping[str, str | int | date | None], known: int | None
) -> frozenset[str]:
    facts = dict(case)
    for under in decisions_under(base, decision):
        if under.id != decision.id:
            deciding = (
                _matching(base, under, case, known) if contains((under.geldig,), ordinal(case[PEILDATUM])) else ()
            )  # type: ignore[arg-type]
            facts |= {
                f: under.rule(next(iter(deciding))).dan[f] if len(deciding) == 1 else None for f in under.uitkomst
            }
    holding = {
        rule.id: rule.in_afwijking_van
        for rule in decision.regels
        if (known is None or contains((rule.vastgelegd,), known))
        and contains((rule.geldig,), ordinal(facts[PEILDATUM]))  # type: ignore[arg-type]
        and all(facts[n] is not None and contains(b, ordinal(facts[n])) for n, b in rule.als.items())  # type: ignore[arg-type]
    }
    return frozenset(holding) - frozenset().union(*holding.values())


def completions(base: RuleBase, name: str, case: Case) -> Iterator[Case]:
    """Every complete case that agrees with what is known (only the inputs of the decision vary)."""
    open_ = [n for n in inputs_of(base, base.besluiten[name]) if case.get(n) is None]
    for values in product(*(values_of(CONCEPTS[n]) for n in open_)):
        yield {**case, **dict(zip(open_, values, strict=True))}
