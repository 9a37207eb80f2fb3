"""Templates and what they know: words for rules, and the parts of an answer that the command line gives as well."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context

from aanspraak import counts
from aanspraak.engine import phrases, rule_words
from aanspraak.engine.casevalues import allowed
from aanspraak.engine.model import ALWAYS
from aanspraak.users import Role, current
from aanspraak.web import words
from aanspraak.web.casus import text
from aanspraak.web.outcome import limits

HERE = Path(__file__).parent


def page(template: str, status: int = 200, **values: Any) -> HTMLResponse:
    """A page of this site."""
    return HTMLResponse(html(template, **values), status)


def html(template: str, **values: Any) -> str:
    """A template filled in. Every template is given the rules it is about, as `base`."""
    return _environment().get_template(f"{template}.html.j2").render(**values)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    bare = (
        rule_words.day, rule_words.period, rule_words.rule_title, rule_words.limit,
        words.capital, words.paragraphs, counts.number, counts.share, allowed,
        text, phrases.grounds, phrases.list_grounds, phrases.nearest, phrases.consequence_words, limits,
    )  # fmt: skip
    about_rules = (
        words.concept_name, words.conditions, words.outcome, words.value, words.references, words.prose,
        phrases.label, phrases.why_not_words, phrases.miss_words,
    )  # fmt: skip
    environment.filters |= {f.__name__: f for f in bare}
    environment.filters |= {f.__name__: _of_base(f) for f in about_rules}
    environment.globals |= {"term_words": phrases.term_words, "other": phrases.other, "always": ALWAYS}
    environment.globals |= {"bezoeker": current, "Role": Role}
    environment.globals["nl_design_system"] = (HERE / "static" / "nl.css").exists()  # `make` puts it there
    return environment


def _of_base(function: Callable[..., Any]) -> Callable[..., Any]:
    """A function of the rules as a filter: the rules are those of the page."""

    @pass_context
    def filtered(context: Context, *args: Any) -> Any:
        return function(context["base"], *args)

    return filtered
