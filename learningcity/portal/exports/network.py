"""What a network looks like: sectors by shape and color, ties by width. `portal/network/picture.svg` draws it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from learningcity.portal.exports.network_labels import MARGIN, Box, Label, Spot, placed

# Half the width and half the height that each shape takes.
SHAPES = {
    "public": (13, 13),
    "private": (13, 13),
    "education": (18, 15),
    "civil_society": (17, 17),
    "agreement": (17, 13),
    "program": (18, 12),
    "city": (16, 16),
    "gone": (13, 13),
}
# Widths of a tie without a kept promise, and with 1, 2, 3 to 4, 5 to 9, 10 or more.
WIDTHS = (1.0, 2.0, 3.0, 4.5, 6.0, 8.0)
MOST = ((10, 5), (5, 4), (3, 3), (2, 2), (1, 1))
EDGE = 30


@dataclass(frozen=True, slots=True)
class Tone:
    """The colors of a picture that stands alone; within a page its style has the last word."""

    paper: str
    ink: str
    grey: str
    public: str
    private: str
    education: str
    civil_society: str


LIGHT = Tone("#fdfcf9", "#171d38", "#8b8f9d", "#1f5aa6", "#b8520a", "#0a7a66", "#7a3d8f")
DARK = Tone("#12151f", "#eceae3", "#777c8d", "#7fb2f0", "#f0a05c", "#5cc8b0", "#cf9ae0")


@dataclass(frozen=True, slots=True)
class Mark:
    """A node to draw. Those that come first get their names first."""

    shape: str
    x: int
    y: int
    # What stands beside it if there is room, and what is said of it.
    name: str
    words: str
    number: int = 0
    href: str = ""
    is_cut_off: bool = False
    # The language of the name, where it is not the reader's.
    lang: str = ""

    @property
    def letters(self) -> int:
        """The size of the letters in which its number fits into the shape."""
        return 12 if self.number < 100 else 10 if self.number < 1000 else 8


@dataclass(frozen=True, slots=True)
class Scene:
    """All that is drawn: what the picture says, its nodes, and the ties between them by their places in `marks`."""

    finding: str
    description: str
    marks: tuple[Mark, ...]
    # Two places and the number of promises kept.
    ties: tuple[tuple[int, int, int], ...]
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Line:
    """All ties of one width, as the `d` of one path."""

    width: float
    path: str
    is_dashed: bool


@dataclass(frozen=True, slots=True)
class Drawing:
    """A scene with its lines and names put in place."""

    scene: Scene
    lines: tuple[Line, ...]
    named: tuple[tuple[Mark, Label | None], ...]
    left: int
    top: int
    width: int
    height: int


def drawing_of(scene: Scene) -> Drawing:
    """Return where lines and names go, and the frame that holds all of them."""
    labels = placed(_spots(scene), (-MARGIN, -EDGE, scene.width + MARGIN, scene.height + EDGE))
    boxes: list[Box] = [label.box for label in labels if label]
    left = int(min([0.0, *(box[0] for box in boxes)])) - 8
    right = int(max([float(scene.width), *(box[2] for box in boxes)])) + 8
    return Drawing(
        scene,
        tuple(_lines(scene)),
        tuple(zip(scene.marks, labels, strict=True)),
        left,
        -EDGE,
        right - left,
        scene.height + 2 * EDGE,
    )


def strength(kept: int) -> int:
    """Return which of the widths stands for so many kept promises."""
    return next((step for least, step in MOST if kept >= least), 0)


def _lines(scene: Scene) -> list[Line]:
    """Return the ties, the thin ones below the thick ones."""
    paths: dict[int, list[str]] = defaultdict(list)
    for one, other, kept in scene.ties:
        start, end = scene.marks[one], scene.marks[other]
        paths[strength(kept)].append(f"M{start.x} {start.y}L{end.x} {end.y}")
    return [Line(WIDTHS[step], "".join(paths[step]), not step) for step in sorted(paths)]


def _spots(scene: Scene) -> list[Spot]:
    """Return where names may stand; on a ring they point away from its middle."""
    tied: dict[int, list[int]] = defaultdict(list)
    for one, other, _ in scene.ties:
        tied[one].append(scene.marks[other].x)
        tied[other].append(scene.marks[one].x)
    spots = []
    for place, mark in enumerate(scene.marks):
        across, down = SHAPES[mark.shape]
        middle = sum(tied[place]) / len(tied[place]) if tied[place] else mark.x
        spots.append(Spot(mark.name, mark.x, mark.y, across, down, middle > mark.x + 1))
    return spots
