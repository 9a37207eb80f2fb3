"""Numbers as Dutch readers write them: 1.234,5."""

from decimal import ROUND_HALF_UP, Decimal


def count(value: float | Decimal) -> str:
    """1.234"""
    return _format(value, 0)


def amount(value: float | Decimal, places: int = 2) -> str:
    """1.234,50"""
    return _format(value, places)


def share(value: float | Decimal) -> str:
    """0,1234 as 12,3%"""
    return _format(Decimal(str(value)) * 100, 1) + "%"


def _format(value: float | Decimal, places: int) -> str:
    rounded = Decimal(str(value)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return f"{rounded:,}".translate(str.maketrans(",.", ".,"))
