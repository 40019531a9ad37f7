import hashlib
import io
import struct
import zlib
from itertools import count
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image

from learningcity.pictures.models import Picture, Rendition
from learningcity.pictures.tasks import make_renditions
from tests.factories.accounts import make_user

_numbers = count(1)


def file_of(kind: str = "JPEG", size: tuple[int, int] = (640, 400), **how: Any) -> bytes:
    """Make a picture that no other call has made."""
    number = next(_numbers)
    image = Image.linear_gradient("L").resize(size).convert("RGB")
    image.putpixel((0, 0), (number % 256, number // 256 % 256, 200))
    file = io.BytesIO()
    # In the corner, and in the file itself, because a lossy kind may lose the corner.
    image.save(file, kind, **({"comment": f"sample {number}".encode()} if kind in {"JPEG", "GIF"} else {}) | how)
    return file.getvalue()


def photograph() -> bytes:
    """Make a photograph that lies on its side and says where, when and with what it was taken."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "SampleCamera"
    exif.get_ifd(0x8825).update({1: "N", 2: (16.0, 26.0, 17.0), 3: "E", 4: (102.0, 50.0, 13.0)})
    return file_of(size=(640, 400), exif=exif, comment=b"taken at home", xmp=b"<x:xmpmeta>SampleCamera</x:xmpmeta>")


def huge_png(width: int, height: int) -> bytes:
    """Make a PNG of a few bytes whose head promises this size."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(999))) + chunk(b"IEND", b"")


def make_picture(content: bytes | None = None, **changes: Any) -> Picture:
    """Make a picture of the whole network, described, whose sizes are still to be made."""
    content = content or file_of()
    with Image.open(io.BytesIO(content)) as image:
        kind, (width, height) = image.format, image.size
    return Picture.objects.create(
        **{
            "original": ContentFile(content, "picture"),
            "sha256": hashlib.sha256(content).hexdigest(),
            "kind": kind,
            "width": width,
            "height": height,
            "alt_th": "ห้องสมุด",
            "alt_en": "A library",
            "author": "Sample Author",
            "license": "cc-by-4.0",
            "consent": "nobody",
            "uploaded_by": changes.get("uploaded_by") or make_user(),
            **changes,
        }
    )


def make_ready_picture(content: bytes | None = None, **changes: Any) -> Picture:
    """Make a picture with all its sizes."""
    picture = make_picture(content, **changes)
    make_renditions(picture.pk)
    picture.refresh_from_db()
    return picture


def make_rendition(**changes: Any) -> Rendition:
    content = b"not really a picture"
    return Rendition.objects.create(
        **{
            "picture": changes.get("picture") or make_picture(),
            "form": "webp",
            "width": 480,
            "height": 300,
            "sha256": hashlib.sha256(content).hexdigest(),
            "size": len(content),
            "file": ContentFile(content, "rendition"),
            **changes,
        }
    )
