"""The tools that an AI assistant is given: what the API says, in the same words, always with the ground."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date
from functools import wraps
from typing import Any, ParamSpec

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError

from aanspraak.api.asked import missing
from aanspraak.api.cases import answer_data, questions_data, read_casus
from aanspraak.api.models import Casus, Fact
from aanspraak.api.problems import Problem
from aanspraak.engine.knowledge import known_now
from aanspraak.engine.model import RuleBase, UserError, rules_of
from aanspraak.engine.render_law import decision_line, rule_page, source_page
from aanspraak.privacy import without_bsn

P = ParamSpec("P")

INSTRUCTIONS = (
    "Wie betaalt zorg in Nederland: Wlz, Zvw of Wmo? Zoek eerst het besluit (besluiten), stel dan de vragen die nog "
    "tellen (vragen), en vraag het antwoord (antwoord). Noem bij elk antwoord de regel en de bron, en een afleiding "
    "als afleiding. Vul niets in dat niet bekend is. Geen juridisch advies, geen besluit over een persoon. Stuur geen "
    "persoonsgegevens. Een hervorming is een verkenning, geen geldend recht."
)


def create_server(read: RuleBase) -> MCPServer:
    """The server over these rules, as known on the day of the question."""

    def rules() -> RuleBase:
        return known_now(read, date.today())

    server = MCPServer("aanspraak", instructions=INSTRUCTIONS, log_level="ERROR")

    @server.tool()
    @_told
    async def besluiten() -> dict[str, Any]:
        """De besluiten die er zijn: id, thema, titel en de vraag die elk beantwoordt."""
        return {"items": [decision_line(decision) for decision in rules().besluiten.values()]}

    @server.tool()
    @_told
    async def vragen(
        besluit: str, gegeven: dict[str, Fact], peildatum: date | None = None, hervorming: str | None = None
    ) -> dict[str, Any]:
        """De vragen die het antwoord nog veranderen, in volgorde; van de eerste wat elk antwoord openlaat."""
        return questions_data(read_casus(rules(), besluit, _casus(gegeven, peildatum, hervorming)))

    @server.tool()
    @_told
    async def antwoord(
        besluit: str, gegeven: dict[str, Fact], peildatum: date | None = None, hervorming: str | None = None
    ) -> dict[str, Any]:
        """Wie betaalt, langs welke route, binnen welke grenzen en waarom; of welke vragen nog open zijn."""
        return answer_data(read_casus(rules(), besluit, _casus(gegeven, peildatum, hervorming)))

    @server.tool()
    @_told
    async def regel(regel: str) -> dict[str, Any]:
        """Eén regel: wanneer zij geldt, wat zij bepaalt, waarom, en op welke bronnen zij steunt."""
        base = rules()
        for decision, rule in rules_of(base):
            if rule.id == regel:
                return rule_page(base, decision, rule)
        raise missing("regel", regel, [rule.id for _, rule in rules_of(base)])

    @server.tool()
    @_told
    async def bron(bron: str) -> dict[str, Any]:
        """Eén wet of document, met de regels die haar aanhalen en de plaats daarin."""
        base = rules()
        if bron not in base.bronnen:
            raise missing("bron", bron, base.bronnen)
        return source_page(base, base.bronnen[bron])

    return server


def _casus(facts: dict[str, Fact], day: date | None, reform: str | None) -> Casus:
    return Casus(gegeven=facts, peildatum=day, hervorming=reform)


def _told(tool: Callable[P, Awaitable[dict[str, Any]]]) -> Callable[P, Awaitable[dict[str, Any]]]:
    """The tool, that tells a mistake in words."""

    @wraps(tool)
    async def told(*args: P.args, **kwargs: P.kwargs) -> dict[str, Any]:
        try:
            return await tool(*args, **kwargs)
        except (UserError, Problem) as error:
            raise ToolError(without_bsn(str(error))) from None

    return told
