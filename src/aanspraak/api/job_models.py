"""Jobs as the API gives them."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from aanspraak.api.models import Shape


class Besluituitslag(Shape):
    """Wat er van één besluit uitkwam. `onbekend`: gegevens zonder kolom. `tellingen`: wat in de kolom met de regel
    staat → aantal rijen; van een lijst elke regel die geldt, en in `kan_gelden` elke die nog kan gelden."""

    besluit: str
    gebruikt: list[str]
    onbekend: list[str]
    tellingen: dict[str, int]
    kan_gelden: dict[str, int]


class Uitslag(Shape):
    """Wat er uitkwam. `peildatum`: van alle rijen, tenzij het bestand een kolom peildatum heeft."""

    rijen: int
    peildatum: date | None
    besluiten: list[Besluituitslag]
    formaten: list[str]


class Plaats(Shape):
    """Een foute waarde. Rij 1 is de eerste onder de kop."""

    rij: int
    waarde: str


class FouteWaarden(Shape):
    """Een soort foute waarde, met de eerste plaatsen en wat er moet staan."""

    kolommen: list[str]
    waar: str
    aantal: int
    remedie: str
    plaatsen: list[Plaats]


class Taak(Shape):
    """Een bestand met casussen dat wordt beslist."""

    taak: str
    status: Literal["wacht", "bezig", "klaar", "mislukt"]
    voortgang: float = Field(ge=0, le=100, description="In procenten.")
    besluiten: list[str]
    hervorming: str | None
    kennisdatum: date | None
    uitslag: Uitslag | None
    melding: str | None = Field(description="Bij mislukt: wat er niet klopt, en wat eraan te doen is.")
    fouten: list[FouteWaarden]
