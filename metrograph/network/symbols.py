"""The symbols of drawings: a shape and a colour for each kind of record."""

from dataclasses import dataclass
from math import cos, pi, sin


@dataclass(frozen=True)
class Mark:
    """A shape, by its name in vis-network, and a colour; no two kinds here share both."""

    shape: str
    colour: str


# One colour for a family of kinds, dark enough on white (contrast above 3); a shape for each of it.
_MARKS = {
    "VisionTheme": Mark("star", "#b45309"),
    "CrosscuttingFactor": Mark("triangle", "#b45309"),
    "Challenge": Mark("hexagon", "#be185d"),
    "WorkArea": Mark("diamond", "#be185d"),
    "Intersection": Mark("diamond", "#7c3aed"),
    "PlanElement": Mark("hexagon", "#1d4ed8"),
    "ActionLine": Mark("star", "#1d4ed8"),
    "Axis": Mark("triangleDown", "#1d4ed8"),
    "Result": Mark("square", "#1d4ed8"),
    "KeyIdea": Mark("triangle", "#1d4ed8"),
    "Purpose": Mark("triangleDown", "#b45309"),
    "VisionFactor": Mark("square", "#b45309"),
    "Topic": Mark("dot", "#b45309"),
    "Intention": Mark("hexagon", "#b45309"),
    "CoreValue": Mark("star", "#0e7490"),
    "Stakeholder": Mark("diamond", "#0e7490"),
    "Activity": Mark("dot", "#15803d"),
    "Initiative": Mark("hexagon", "#15803d"),
    "Milestone": Mark("triangle", "#15803d"),
    "EvaluationStep": Mark("triangleDown", "#15803d"),
    "PreparationStep": Mark("diamond", "#15803d"),
    "Event": Mark("star", "#15803d"),
    "ImpactAssessment": Mark("triangle", "#b91c1c"),
    "OutputType": Mark("square", "#15803d"),
    "Indicator": Mark("square", "#b91c1c"),
    "Observation": Mark("dot", "#b91c1c"),
    "Member": Mark("dot", "#0e7490"),
    "Organization": Mark("square", "#0e7490"),
    "Body": Mark("hexagon", "#0e7490"),
    "Place": Mark("triangleDown", "#0e7490"),
    "Document": Mark("square", "#57534e"),
    "Source": Mark("diamond", "#57534e"),
    "AlignmentClaim": Mark("triangle", "#7c3aed"),
    "Decision": Mark("star", "#7c3aed"),
}
_OTHER = Mark("dot", "#6b7280")
_ANGLES = {  # where the corners of a shape lie, in degrees, and how far out
    "square": [(at, 1.15) for at in (45, 135, 225, 315)],
    "diamond": [(at, 1.1) for at in (0, 90, 180, 270)],
    "triangle": [(at, 1.15) for at in (270, 30, 150)],
    "triangleDown": [(at, 1.15) for at in (90, 210, 330)],
    "hexagon": [(at, 1.05) for at in (0, 60, 120, 180, 240, 300)],
    "star": [(270 + 36 * at, 0.5 if at % 2 else 1.2) for at in range(10)],
}


def mark(kind: str) -> Mark:
    """Return the mark of a kind; kinds that nobody draws often share a grey dot.

    >>> mark("Activity").shape
    'dot'
    """
    return _MARKS.get(kind, _OTHER)


def order(kind: str) -> tuple[int, str]:
    """Return the position of a kind in a legend: families together, others at the end."""
    known = list(_MARKS)
    return (known.index(kind) if kind in known else len(known), kind)


def corners(shape: str, x: float, y: float, size: float) -> str | None:
    """Return the corners of a shape as SVG writes them, or none for a dot."""
    if shape not in _ANGLES:
        return None
    return " ".join(
        f"{x + size * far * cos(at * pi / 180):.1f},{y + size * far * sin(at * pi / 180):.1f}"
        for at, far in _ANGLES[shape]
    )
