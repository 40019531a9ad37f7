"""The cloth of a city as a picture that stands alone: nothing of the page's style reaches it."""

from functools import lru_cache

from learningcity.common.pattern import Thread, cloth, runs

PAPER = "#fdfcf9"
# The colors of the light page, which hold on a dark browser tab as well.
COLORS = {Thread.WEFT: "#171d38", Thread.INLAY: "#8c1440", Thread.HEART: "#e3a008"}


@lru_cache(maxsize=512)
def standalone_svg(code: str, half: int = 4) -> str:
    """Return the cloth as an SVG file."""
    side = 2 * half - 1
    paths: dict[Thread, str] = {}
    for thread, x, y, length in runs(cloth(code, half)):
        paths[thread] = f"{paths.get(thread, '')}M{x} {y}h{length}v1h-{length}z"
    drawn = "".join(f'<path fill="{COLORS[thread]}" d="{path}"/>' for thread, path in paths.items())
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-1 -1 {side + 2} {side + 2}" shape-rendering="crispEdges">'
        f'<rect x="-1" y="-1" width="{side + 2}" height="{side + 2}" fill="{PAPER}"/>{drawn}</svg>'
    )
