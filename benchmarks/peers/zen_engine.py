"""The decision in zen-engine (GoRules): a decision table a step, hit policy first."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import zen

from aanspraak.engine.model import Box
from cases import Step


def evaluator(steps: list[Step]) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """Facts (strings and numbers) → zen-engine's whole answer, with the trace."""
    kinds = ["inputNode", *("decisionTableNode" for _ in steps), "outputNode"]
    nodes = [{"id": str(i), "name": str(i), "type": kind} for i, kind in enumerate(kinds)]
    for node, step in zip(nodes[1:], steps, strict=False):
        node["content"] = _table(step)  # type: ignore[assignment]
    edges = [{"id": f"e{i}", "type": "edge", "sourceId": str(i), "targetId": str(i + 1)} for i in range(len(nodes) - 1)]
    decision = zen.ZenEngine().create_decision(json.dumps({"nodes": nodes, "edges": edges}))
    return lambda facts: dict(decision.evaluate(facts, {"trace": True}))


def decider(steps: list[Step]) -> Callable[[dict[str, Any]], str]:
    """Facts → rule id, with the trace made."""
    evaluate = evaluator(steps)
    rule = f"{steps[-1].decision.id}_regel"

    def decide(facts: dict[str, Any]) -> str:
        answer = evaluate(facts)
        assert answer["trace"]  # noqa: S101
        return str(answer["result"][rule])

    return decide


def _table(step: Step) -> dict[str, Any]:
    inputs = list(dict.fromkeys(name for _, conditions in step.rules for name in conditions))
    rule_id = f"{step.decision.id}_regel"
    outputs = [rule_id, *step.decision.uitkomst]
    return {
        "hitPolicy": "first",
        "passThrough": True,
        "executionMode": "single",
        "inputs": [{"id": name, "name": name, "field": name} for name in inputs],
        "outputs": [{"id": f"dan_{name}", "name": name, "field": name} for name in outputs],
        "rules": [
            {"_id": rule.id}
            | {name: _unary(conditions[name]) if name in conditions else "" for name in inputs}
            | {f"dan_{name}": json.dumps(value) for name, value in ({rule_id: rule.id} | dict(rule.dan)).items()}
            for rule, conditions in step.rules
        ],
    }


def _unary(box: Box) -> str:
    if isinstance(box, frozenset):
        return ", ".join(json.dumps(value) for value in sorted(box))
    return ", ".join(f"[{low}..{high}]" for low, high in box)
