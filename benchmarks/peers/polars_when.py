"""The decision in Polars: a when/then chain a decision, exceptions first."""

from __future__ import annotations

from datetime import date
from functools import reduce
from operator import and_, or_

import polars as pl

from aanspraak.engine.model import Box, Concept, RuleBase
from cases import Step


def decided(base: RuleBase, steps: list[Step], frame: pl.LazyFrame) -> pl.LazyFrame:
    """The frame with the rule id of each row in `regel`; every input must be known."""
    used = {name for step in steps for _, conditions in step.rules for name in conditions}
    for step in steps[:-1]:
        frame = frame.with_columns(
            _chain(base, step, [rule.dan[field] for rule, _ in step.rules], list(base.concept(field).waarden)).alias(
                field
            )
            for field in step.decision.uitkomst
            if field in used
        )
    ids = [rule.id for rule, _ in steps[-1].rules]
    return frame.select(regel=_chain(base, steps[-1], ids, ids))


def _chain(base: RuleBase, step: Step, results: list[str], values: list[str]) -> pl.Expr:
    kind = pl.Enum(values)
    chain: pl.Expr = pl.lit(None, dtype=kind)
    for (_, conditions), result in reversed(list(zip(step.rules, results, strict=True))):
        tests = [_within(base.concept(name), box) for name, box in conditions.items()]
        hit = reduce(and_, tests) if tests else pl.lit(True)
        chain = pl.when(hit).then(pl.lit(result, dtype=kind)).otherwise(chain)
    return chain


def _within(concept: Concept, box: Box) -> pl.Expr:
    column = pl.col(concept.id)
    if isinstance(box, frozenset):
        rest = concept.waarden.keys() - box
        few = sorted(box if len(box) <= len(rest) else rest)
        test = column == few[0] if len(few) == 1 else column.is_in(few)
        return test if len(box) <= len(rest) else ~test
    return reduce(or_, (column.is_between(_literal(concept, low), _literal(concept, high)) for low, high in box))


def _literal(concept: Concept, number: int) -> pl.Expr:
    return pl.lit(date.fromordinal(number) if concept.soort == "datum" else number)
