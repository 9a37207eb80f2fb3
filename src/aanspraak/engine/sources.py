"""Citations as a reader wants them: title, place and a link that opens the article."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from aanspraak.engine.model import Citation, Reform, Rule, RuleBase, Source, rules_of

_PLACE = re.compile(r"(?P<kind>bijlage )?(?P<article>[\w.:]+)(?: lid (?P<lid>\w+))?.*")


@lru_cache(maxsize=4096)
def juriconnect(source: Source, place: str) -> str | None:
    """The juriconnect reference (jci 1.3) of a place in a law, in the text of `stand`: its numbers are the rules'.
    None for what is not in the BWB."""
    match = _PLACE.fullmatch(place)
    if source.bwb is None or match is None:
        return None
    kind = "bijlage" if match["kind"] else "artikel"
    lid = f"&lid={match['lid']}" if match["lid"] and not match["kind"] else ""
    state = f"&z={source.stand}&g={source.stand}" if source.stand else ""
    return f"jci1.3:c:{source.bwb}&{kind}={match['article']}{lid}{state}"


def link(source: Source, place: str) -> str | None:
    """Where to read it: the article on wetten.overheid.nl, or the page of the document."""
    reference = juriconnect(source, place)
    return f"https://wetten.overheid.nl/{reference}" if reference else source.link


def cited(base: RuleBase, citations: Iterable[Citation]) -> Iterator[tuple[Citation, Source]]:
    """Citations with their sources, each once, in order."""
    return ((c, base.bronnen[c.bron]) for c in dict.fromkeys(citations))


def coverage(base: RuleBase, reforms: Iterable[Reform]) -> Iterator[tuple[Source, str, str, list[str]]]:
    """For every part that a source says must be covered: source, part, title, and ids: of the rules that cite it, or
    of the reforms that do where it is a proposal."""
    decided = [(rule.id, c) for _, rule in rules_of(base) for c in _grounds(rule)]
    proposed = [(reform.id, c) for reform in reforms for c in _reform_grounds(reform)]
    for source in base.bronnen.values():
        for parts, grounds in ((source.delen, decided), (source.voorstellen, proposed)):
            for part, title in parts.items():
                ids = [n for n, c in grounds if c.bron == source.id and f"{c.vindplaats} ".startswith(f"{part} ")]
                yield source, part, title, list(dict.fromkeys(ids))


def _grounds(rule: Rule) -> tuple[Citation, ...]:
    return (*rule.grond, *(rule.praktijk.grond if rule.praktijk else ()))


def _reform_grounds(reform: Reform) -> Iterator[Citation]:
    yield from reform.grond
    yield from (c for change in reform.wijzigingen for rule in change.regels for c in _grounds(rule))
