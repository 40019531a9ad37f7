"""Reading pictures that strangers send, and drawing them anew.

What a file is, its bytes say and not its name; how large it is, is asked before anything is decoded; and what is kept of
it are pixels alone, so that no place, no time, no comment and no second file hidden behind the first goes on.
"""

from __future__ import annotations

import io
import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO

from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageFile, ImageOps

LARGEST_FILE = 20_000_000
MOST_PIXELS = 64_000_000
# WebP can hold no longer side.
LONGEST_SIDE = 16_000
Image.MAX_IMAGE_PIXELS = MOST_PIXELS
KINDS = ("JPEG", "PNG", "WEBP", "AVIF", "GIF")
# At this quality a photograph looks the same beside the original on a screen.
SAVED_AS: dict[str, dict[str, object]] = {
    "avif": {"format": "AVIF", "quality": 60, "speed": 8},
    "webp": {"format": "WEBP", "quality": 78, "method": 4},
    "jpeg": {"format": "JPEG", "quality": 80, "progressive": True, "optimize": True},
}
SRGB = ImageCms.createProfile("sRGB")


class NotAPicture(ValueError):
    """This file cannot be taken as a picture; the message says why, to a person."""


@dataclass(frozen=True)
class Measured:
    """What a picture is: the kind of file, and its size as people see it."""

    kind: str
    width: int
    height: int


def measure(file: IO[bytes]) -> Measured:
    """Return what a picture is, after trying whether all of it can be read.

    :raises NotAPicture: if it is none, is too large, or is not whole.
    """
    file.seek(0, io.SEEK_END)
    if file.tell() > LARGEST_FILE:
        raise NotAPicture(_("This file is larger than 20 MB. Please make the picture smaller and try again."))
    with _opened(file) as image:
        width, height = image.size
        if image.getexif().get(0x0112, 1) in (5, 6, 7, 8):  # lies on its side
            width, height = height, width
        if isinstance(image, ImageFile.ImageFile) and image.format == "JPEG":
            # An eighth of the size is decoded in a fraction of the time, and shows as well whether the file is whole.
            image.draft("RGB", (1, 1))
        image.load()
        return Measured(str(image.format), width, height)


def fresh(file: IO[bytes], width: int) -> Image.Image:
    """Return the picture as it is seen, at most so wide, in sRGB, with nothing but its pixels.

    :raises NotAPicture: if it cannot be read.
    """
    with _opened(file) as image:
        if image.format == "JPEG":
            # Whichever way it lies, both sides stay at least as long as what is asked for.
            image.draft("RGB", (width, width))
        seen = _in_srgb(ImageOps.exif_transpose(image))
        if seen.width > width:
            height = max(1, round(seen.height * width / seen.width))
            seen = seen.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)
        pixels = Image.new(seen.mode, seen.size)
        pixels.paste(seen)
        return pixels


def written(picture: Image.Image, form: str) -> bytes:
    """Return a picture as a file of this form: avif, webp or jpeg."""
    if form == "jpeg" and picture.mode == "RGBA":
        paper = Image.new("RGB", picture.size, "white")
        paper.paste(picture, mask=picture.getchannel("A"))
        picture = paper
    file = io.BytesIO()
    picture.save(file, **SAVED_AS[form])  # type: ignore[arg-type]
    return file.getvalue()


@contextmanager
def _opened(file: IO[bytes]) -> Iterator[Image.Image]:
    """Open a picture whose bytes say what it is.

    :raises NotAPicture: if they say something else, or cannot be read as what they say.
    """
    file.seek(0)
    start = file.read(4096)
    kind = _kind_of(start)
    if kind == "WEBP":
        # The reader of this kind makes room for all pixels as soon as it opens the file.
        _insist_on_size(*_size_of_webp(start))
    file.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(file, formats=[kind]) as image:
                _insist_on_size(*image.size)
                _insist_on_few_frames(image, file)
                yield image
    except NotAPicture:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise NotAPicture(_too_large()) from None
    # Whatever is wrong in a file, its reader may say so in any of these ways.
    except (OSError, ValueError, SyntaxError, EOFError, IndexError, KeyError, TypeError, struct.error, MemoryError):
        raise NotAPicture(
            _(
                "This picture is damaged or not whole. Please open it on your device, save it again, and try with the new file."
            )
        ) from None


def _kind_of(start: bytes) -> str:
    """Return the kind of file that begins like this.

    :raises NotAPicture: if it is none that we can read.
    """
    if start.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if start.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if start[:4] == b"RIFF" and start[8:12] == b"WEBP":
        return "WEBP"
    if start[:6] in (b"GIF87a", b"GIF89a"):
        return "GIF"
    if start[4:8] == b"ftyp" and start[8:12] in (b"avif", b"avis"):
        return "AVIF"
    raise NotAPicture(_what_else(start))


def _what_else(start: bytes) -> str:
    if start.startswith(b"%PDF"):
        return _("This is a PDF, whatever its name says. Please save the page as a picture first (JPEG or PNG).")
    if b"<svg" in start.lower() or start.lstrip().startswith(b"<?xml"):
        return _("This is an SVG drawing, which can hold programs. Please save it as PNG.")
    if start[4:8] == b"ftyp" and start[8:12] in (b"heic", b"heix", b"hevc", b"heim", b"mif1", b"msf1"):
        return _(
            "This is a HEIC picture, which cannot be read here. Please save it as JPEG (on an iPhone: Settings, Camera, Formats, Most Compatible)."
        )
    if not start:
        return _("This file is empty.")
    return _("This is not a picture that can be read here. Please take a JPEG, PNG, WebP, AVIF or GIF.")


def _size_of_webp(start: bytes) -> tuple[int, int]:
    """Return the size that stands in the head of a WebP file."""
    if start[12:16] == b"VP8X":
        return 1 + int.from_bytes(start[24:27], "little"), 1 + int.from_bytes(start[27:30], "little")
    if start[12:16] == b"VP8L":
        bits = int.from_bytes(start[21:25], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    return int.from_bytes(start[26:28], "little") & 0x3FFF, int.from_bytes(start[28:30], "little") & 0x3FFF


def _insist_on_size(width: int, height: int) -> None:
    if width * height > MOST_PIXELS or max(width, height) > LONGEST_SIDE:
        raise NotAPicture(_too_large())


def _too_large() -> str:
    return _("This picture has more than 64 million points, or a side longer than 16,000. Please make it smaller.")


def _insist_on_few_frames(image: Image.Image, file: IO[bytes]) -> None:
    """Refuse a moving picture that is small only as long as nobody plays it; of all others the first image is taken."""
    if image.format == "GIF":
        # Counted without reading them, because that is just what would take so long.
        here = file.tell()
        file.seek(0)
        frames = file.read().count(b"\x00\x21\xf9\x04")
        file.seek(here)
    else:
        frames = getattr(image, "n_frames", 1)
    if frames * image.width * image.height > 4 * MOST_PIXELS or frames > 1000:
        raise NotAPicture(_("This picture moves for too long. Please take a picture that stands still."))


def _in_srgb(image: Image.Image) -> Image.Image:
    """Return the image in the colors of screens, with transparency only where there was some."""
    profile = image.info.get("icc_profile")
    see_through = image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info
    if profile and image.mode in ("RGB", "CMYK", "L"):
        try:
            given = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            mode = "RGB"
            return ImageCms.profileToProfile(image, given, SRGB, outputMode=mode) or image.convert(mode)
        except (ImageCms.PyCMSError, OSError):
            # A profile that cannot be read says nothing; most pictures are meant for screens anyway.
            pass
    if image.mode.startswith("I;16"):
        image = image.point(lambda value: value / 256).convert("L")
    return image.convert("RGBA" if see_through else "RGB")
