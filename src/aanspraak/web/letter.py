"""An answer as a motivation letter in PDF."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Any, cast

from aanspraak.errors import UserError
from aanspraak.web.pages import HERE

AVAILABLE = find_spec("weasyprint") is not None
"""Whether this installation makes PDFs; a browser can always print the page."""


def pdf(html: str) -> bytes:
    """The page as PDF, with the style sheet of the pages; nothing is fetched. Raises UserError where it cannot be."""
    try:
        from weasyprint import CSS, HTML  # type: ignore[import-untyped]
    except (ImportError, OSError):
        raise UserError("Hier kan geen PDF worden gemaakt. Druk de pagina af, en kies «Opslaan als PDF».") from None
    styles = CSS(filename=HERE / "static" / "stijl.css")
    return cast(bytes, HTML(string=html, url_fetcher=_nothing).write_pdf(stylesheets=[styles]))


def _nothing(url: str, *_: Any, **__: Any) -> dict[str, Any]:
    """The address of a case stays here: WeasyPrint asks for nothing."""
    raise ValueError(f"wordt niet opgehaald: {url.partition('?')[0]}")
