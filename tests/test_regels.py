"""The law itself: it reads without faults, is proven, and its examples hold."""

import pytest

from aanspraak.engine.examples import differences
from aanspraak.engine.knowledge import known_otherwise
from aanspraak.engine.law import reforms
from aanspraak.engine.model import Decision, Example, RuleError, rules_of
from aanspraak.engine.proof import prove_decision
from aanspraak.engine.reader import read_rules
from aanspraak.engine.reform import apply_reform
from aanspraak.engine.sources import coverage

try:
    BASE = read_rules()
except RuleError as error:
    pytest.fail(str(error), pytrace=False)

DECISIONS = list(BASE.besluiten.values())
EXAMPLES = [pytest.param(d, e, id=f"{d.id}: {e.naam}") for d in DECISIONS for e in d.voorbeelden]


@pytest.mark.parametrize("decision", DECISIONS, ids=lambda d: d.id)
def test_every_situation_has_exactly_one_rule(decision: Decision) -> None:
    assert [finding.tekst for finding in prove_decision(BASE, decision.id)] == []


def test_so_it_was_as_the_rules_were_known_before() -> None:
    slices = list(known_otherwise(BASE))
    assert [f.tekst for _, then, names in slices for name in names for f in prove_decision(then, name)] == []


@pytest.mark.parametrize("decision", DECISIONS, ids=lambda d: d.id)
def test_every_rule_has_an_example(decision: Decision) -> None:
    shown = {rule for e in decision.voorbeelden for rule in (e.verwacht.get("regel"), *e.verwacht.get("regels", ()))}
    assert {rule.id for rule in decision.regels} - shown == set()


@pytest.mark.parametrize("decision", DECISIONS, ids=lambda d: d.id)
def test_conditions_and_advice_are_whole_sentences(decision: Decision) -> None:
    """An unquoted comma in a YAML list would cut a sentence in two."""
    texts = [text for rule in decision.regels for text in (*rule.voorwaarden, *rule.regelen, rule.omdat)]
    assert [text for text in texts if text[0].islower() or not text.endswith((".", "?"))] == []


REFORMS = reforms(BASE)


@pytest.mark.parametrize("name", REFORMS)
def test_reform_leaves_every_situation_with_one_rule(name: str) -> None:
    reformed = apply_reform(BASE, REFORMS[name])
    assert [f.tekst for d in reformed.besluiten for f in prove_decision(reformed, d)] == []


def test_every_source_is_cited_and_every_part_covered() -> None:
    rules = [rule for _, rule in rules_of(BASE)]
    rules += [rule for reform in REFORMS.values() for change in reform.wijzigingen for rule in change.regels]
    cited = {c.bron for r in rules for c in (*r.grond, *(r.praktijk.grond if r.praktijk else ()))}
    cited |= {c.bron for concept in BASE.begrippen.values() for c in concept.grond}
    cited |= {c.bron for reform in REFORMS.values() for c in reform.grond}
    assert BASE.bronnen.keys() - cited == set()
    assert [f"{source.id} {part}" for source, part, _, by in coverage(BASE, REFORMS.values()) if not by] == []


@pytest.mark.parametrize(("decision", "example"), EXAMPLES)
def test_example_holds(decision: Decision, example: Example) -> None:
    assert list(differences(BASE, decision, example)) == []
