"""Jobs as the API gives them."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from aanspraak.api.models import Shape


class Uitslag(Shape):
    """Wat er uitkwam. `onbekend`: gegevens zonder kolom. `tellingen`: regel → aantal rijen."""

    rijen: int
    gebruikt: list[str]
    onbekend: list[str]
    peildatum: date | None
    tellingen: dict[str, int]


class Taak(Shape):
    """Een bestand met casussen dat wordt beslist."""

    taak: str
    status: Literal["wacht", "bezig", "klaar", "mislukt"]
    voortgang: float = Field(ge=0, le=100, description="In procenten.")
    besluit: str
    uitvoer: str
    uitslag: Uitslag | None
    melding: str | None = Field(description="Bij mislukt: wat er niet klopt, en wat eraan te doen is.")
