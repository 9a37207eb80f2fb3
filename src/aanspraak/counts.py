"""Counts as Dutch readers write them."""


def number(count: int) -> str:
    """With a point for every thousand: 1.234.567."""
    return f"{count:,}".replace(",", ".")


def share(count: int, whole: int) -> str:
    """A part of a whole as a percentage; of nothing there is none."""
    return f"{100 * count / whole:.1f}%".replace(".", ",") if whole else "–"
