"""Citations as a reader wants them: title, place and a link that opens the article."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from aanspraak.engine.model import Citation, RuleBase, Source, rules_of

_PLACE = re.compile(r"(?P<kind>bijlage )?(?P<article>[\w.:]+)(?: lid (?P<lid>\w+))?.*")


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


def coverage(base: RuleBase) -> Iterator[tuple[Source, str, str, list[str]]]:
    """For every part that a source says must be covered: source, part, title, ids of the rules that cite it."""
    grounds = [(rule.id, c) for _, rule in rules_of(base) for c in _grounds(rule.grond, rule.praktijk)]
    for source in base.bronnen.values():
        for part, title in source.delen.items():
            rules = [rule for rule, c in grounds if c.bron == source.id and f"{c.vindplaats} ".startswith(f"{part} ")]
            yield source, part, title, list(dict.fromkeys(rules))


def _grounds(own: tuple[Citation, ...], practice: object) -> tuple[Citation, ...]:
    return (*own, *getattr(practice, "grond", ()))
