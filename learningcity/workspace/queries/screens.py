"""How large the pictures in the guides are, so that a page does not jump when they come."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from PIL import Image

FOLDER = Path(__file__).resolve().parents[1] / "static"


@cache
def size_of(path: str) -> tuple[int, int]:
    """Return width and height of a picture among the static files."""
    with Image.open(FOLDER / path) as picture:
        return picture.size
