"""Forms that change something: they come from a page of ours, and bring its secret where there is a session."""

from __future__ import annotations

import hmac
from collections.abc import AsyncIterator

from fastapi import Request

from aanspraak.engine.model import CaseError
from aanspraak.users import current

FIELD = "formulier"
"""The hidden field, in a template `{{ d.formulier() }}`."""


async def own_form(request: Request) -> AsyncIterator[None]:
    """Raises CaseError for a form without the secret of the session: `dependencies=[Depends(own_form)]`. The files
    that came with it are there as long as the route is."""
    secret = current().formulier
    try:
        if secret and not hmac.compare_digest(str((await request.form()).get(FIELD, "")).encode(), secret.encode()):
            raise CaseError("Dit formulier is verlopen. Open de pagina opnieuw en probeer het nog eens.")
        yield
    finally:
        await request.close()
