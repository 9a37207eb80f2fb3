"""Where the decisions and inputs of a DMN document stand on the page (DMNDI), so that a modeler draws them."""

from __future__ import annotations

from collections import Counter
from xml.etree import ElementTree as ET

_WIDE, _HIGH, _ACROSS, _DOWN = 180, 80, 210, 180
"""The size of a box, and from the start of one box to the next: beside it and below it."""


def draw(root: ET.Element, required: dict[str, list[str]]) -> None:
    """Add the diagram. `required`: of every decision the ids it needs, those underneath first; the last one, on top,
    is the decision itself. What is needed stands lower than all that need it."""
    places = _places(required)
    diagram = ET.SubElement(ET.SubElement(root, "dmndi:DMNDI"), "dmndi:DMNDiagram", {"id": "tekening"})
    for element, (x, y) in places.items():
        shape = ET.SubElement(diagram, "dmndi:DMNShape", {"id": f"vorm_{element}", "dmnElementRef": element})
        bounds = {"x": x, "y": y, "width": _WIDE, "height": _HIGH}
        ET.SubElement(shape, "dc:Bounds", {name: str(number) for name, number in bounds.items()})
    for decision, needs in required.items():
        for need in needs:
            requirement = f"{decision}_van_{need}"
            edge = ET.SubElement(diagram, "dmndi:DMNEdge", {"id": f"pijl_{requirement}", "dmnElementRef": requirement})
            for (x, y), side in ((places[need], 0), (places[decision], _HIGH)):
                ET.SubElement(edge, "di:waypoint", {"x": str(x + _WIDE // 2), "y": str(y + side)})


def _places(required: dict[str, list[str]]) -> dict[str, tuple[int, int]]:
    """The top left corner of every box."""
    depth: dict[str, int] = {}
    for decision in reversed(required):
        depth.setdefault(decision, 0)
        for need in required[decision]:
            depth[need] = max(depth.get(need, 0), depth[decision] + 1)
    filled: Counter[int] = Counter()
    widest = max(Counter(depth.values()).values())
    width = Counter(depth.values())
    places = {}
    for element, level in depth.items():
        column = filled[level] * _ACROSS + (widest - width[level]) * _ACROSS // 2
        places[element] = (column, level * _DOWN)
        filled[level] += 1
    return places
