"""Social cards: how a link to a page looks where somebody shares it."""

import io
from functools import cache, lru_cache

from django.conf import settings
from PIL import Image, ImageDraw, ImageFont

from learningcity.common.pattern import cloth, runs
from learningcity.portal.exports.cloth import COLORS, PAPER

WIDTH, HEIGHT, MARGIN = 1200, 630, 72
INK, QUIET = "#171d38", "#494e61"
THREADS, CROSSING = 16, 13
# Where the words end and the cloth begins.
CLOTH_LEFT = WIDTH - (2 * THREADS - 1) * CROSSING - MARGIN


@cache
def font(name: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(
        settings.ROOT / "data" / "fonts" / f"{name}.ttf", size, layout_engine=ImageFont.Layout.RAQM
    )


@lru_cache(maxsize=256)
def draw_card(code: str, title: str, subtitle: str, site: str) -> bytes:
    """Return a card with the cloth of this code as PNG."""
    card = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    draw = ImageDraw.Draw(card)
    top = (HEIGHT - (2 * THREADS - 1) * CROSSING) // 2
    for thread, x, y, length in runs(cloth(code, THREADS)):
        left, upper = CLOTH_LEFT + x * CROSSING, top + y * CROSSING
        draw.rectangle((left, upper, left + length * CROSSING - 1, upper + CROSSING - 1), fill=COLORS[thread])
    room = CLOTH_LEFT - 2 * MARGIN
    large, small = fitting("trirong-600", title, 96, room), fitting("sarabun-400", subtitle, 52, room)
    draw.text((MARGIN, 300), title, font=large, fill=INK, anchor="ls")
    draw.text((MARGIN, 390), subtitle, font=small, fill=QUIET, anchor="ls")
    draw.line((MARGIN, top, MARGIN + room, top), fill=INK, width=6)
    draw.text(
        (MARGIN, top + (2 * THREADS - 1) * CROSSING),
        site,
        font=fitting("sarabun-400", site, 32, room),
        fill=INK,
        anchor="ls",
    )
    picture = io.BytesIO()
    card.save(picture, "PNG", optimize=True)
    return picture.getvalue()


def fitting(name: str, words: str, size: int, room: int) -> ImageFont.FreeTypeFont:
    """Return the font in the largest size in which the words stand on one line."""
    wide = font(name, size).getlength(words)
    return font(name, size if wide <= room else max(20, int(size * room / wide)))
