"""The MCP server as an assistant meets it: over the official client, in a process of its own."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from mcp import ClientSession, StdioServerParameters, stdio_client

from aanspraak.engine.answer import answer
from aanspraak.engine.model import RuleBase

Call = tuple[str, dict[str, Any]]
BSN = "123456782"


def ask(calls: Sequence[Call]) -> tuple[list[str], list[Any]]:
    """The names of the tools, and what they say to these calls."""

    async def talk() -> tuple[list[str], list[Any]]:
        program = StdioServerParameters(command=str(Path(sys.executable).parent / "aanspraak"), args=["mcp"])
        async with stdio_client(program) as streams, ClientSession(*streams) as session:
            await session.initialize()
            tools = await session.list_tools()
            return [tool.name for tool in tools.tools], [await session.call_tool(*call) for call in calls]

    return asyncio.run(talk())


def test_an_assistant_gets_answers_with_their_ground(base: RuleBase) -> None:
    name, day = "bekostiging_paramedische_zorg", "2026-01-01"
    facts = {"wlz_indicatie": "ja", "leveringsvorm": "mpt", "aard_paramedische_zorg": "specifiek"}
    case = {"besluit": name, "gegeven": facts, "peildatum": day}
    tools, said = ask(
        [
            ("antwoord", case),
            ("antwoord", {**case, "peildatum": "2027-06-01", "hervorming": "behandeling-naar-zvw"}),
            ("vragen", {**case, "gegeven": {}}),
            ("regel", {"regel": "h330-mpt"}),
            ("bron", {"bron": "wlz"}),
            ("besluiten", {}),
            ("antwoord", {**case, "gegeven": {"wlz_indicatie": BSN}}),
            ("regel", {"regel": "h330"}),
        ]
    )
    assert tools == ["besluiten", "vragen", "antwoord", "regel", "bron"]
    *right, wrong_fact, wrong_rule = said
    assert not any(one.is_error for one in right)
    found, reformed, questions, rule, source, decisions = (json.loads(one.content[0].text) for one in right)
    expected = answer(base, name, facts, date(2026, 1, 1)).regels
    assert [r["id"] for r in found["regels"]] == [r.id for r in expected]
    assert [g["vindplaats"] for g in found["regels"][0]["bronnen"]] == [c.vindplaats for c in expected[0].grond]
    assert reformed["uitkomst"]["wet"]["waarde"] == "zvw"
    assert questions["volgende"]["begrip"] == "wlz_indicatie"
    assert (rule["id"], rule["besluit"]) == ("h330-mpt", name)
    assert "h330-mpt" in [c["regel"] for c in source["aangehaald_door"]]
    assert {line["besluit"] for line in decisions["items"]} == set(base.besluiten)
    assert wrong_fact.is_error
    assert "kies uit ja, nee" in wrong_fact.content[0].text
    assert BSN not in wrong_fact.content[0].text
    assert wrong_rule.is_error
    assert "Er is geen regel «h330»" in wrong_rule.content[0].text
