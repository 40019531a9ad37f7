import io
import struct

import pytest
from django.utils.translation import override
from PIL import Image, ImageCms

from learningcity.common import images
from learningcity.common.images import NotAPicture, fresh, measure, written
from tests.factories.pictures import file_of, huge_png, photograph


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


def moving(kind, frames, size=(8, 8)):
    """Make a picture that moves; each frame differs, because equal ones would be joined."""
    first, *others = [Image.new("RGB", size, (number % 256, number // 256, 99)) for number in range(frames)]
    file = io.BytesIO()
    first.save(file, kind, save_all=True, append_images=others, duration=20, loop=0)
    return file.getvalue()


def webp_head(width, height):
    sides = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    return b"RIFF\x20\0\0\0WEBPVP8X\x0a\0\0\0" + bytes(4) + sides + bytes(40)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "GIF"])
def test_measure_tells_what_a_picture_is(kind):
    found = measure(io.BytesIO(file_of(kind, (64, 40))))

    assert found == images.Measured(kind, 64, 40)


def test_measure_reads_the_size_of_a_webp_without_loss():
    assert measure(io.BytesIO(file_of("WEBP", (64, 40), lossless=True))) == images.Measured("WEBP", 64, 40)


def test_measure_counts_the_sides_as_people_see_them():
    assert measure(io.BytesIO(photograph())) == images.Measured("JPEG", 400, 640)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "GIF"])
def test_measure_refuses_what_is_not_whole(kind):
    whole = file_of(kind, (64, 40))

    with pytest.raises(NotAPicture, match="damaged or not whole"):
        measure(io.BytesIO(whole[: len(whole) * 2 // 3]))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"%PDF-1.7\n", "This is a PDF"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "This is an SVG drawing"),
        (b"<?xml version='1.0'?><svg><script>alert(1)</script></svg>", "This is an SVG drawing"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "This is a HEIC picture"),
        (b"", "This file is empty"),
        (b"MZ\x90\0", "not a picture that can be read here"),
        (b"<html><script>alert(1)</script>", "not a picture that can be read here"),
        (b"\xff\xd8\xff" + b"<?php system('id'); ?>" * 30, "damaged or not whole"),
        (b"GIF89a" + b"<script>alert(1)</script>" * 30, "more than 64 million|damaged or not whole"),
    ],
)
def test_measure_refuses_in_words_what_is_no_picture(content, words):
    with pytest.raises(NotAPicture, match=words):
        measure(io.BytesIO(content))


@pytest.mark.parametrize("content", [huge_png(30_000, 30_000), huge_png(9_000, 9_000), huge_png(20_000, 10)])
def test_measure_refuses_too_many_points_before_it_decodes_one(content, monkeypatch):
    monkeypatch.setattr(Image.Image, "load", None)

    with pytest.raises(NotAPicture, match="more than 64 million points"):
        measure(io.BytesIO(content))


def test_measure_refuses_too_large_a_webp_before_its_reader_makes_room(monkeypatch):
    monkeypatch.setattr(Image, "open", None)

    with pytest.raises(NotAPicture, match="more than 64 million points"):
        measure(io.BytesIO(webp_head(16_000, 16_000)))


def test_measure_refuses_a_file_of_200_megabytes_without_reading_it(tmp_path):
    path = tmp_path / "large.jpg"
    with path.open("wb") as file:
        file.truncate(200_000_000)

    with path.open("rb") as file, pytest.raises(NotAPicture, match="larger than 20 MB"):
        measure(file)


def test_measure_refuses_a_picture_that_moves_for_too_long():
    with pytest.raises(NotAPicture, match="moves for too long"):
        measure(io.BytesIO(moving("GIF", 1100)))


def test_fresh_takes_the_first_image_of_a_moving_one():
    drawn = fresh(io.BytesIO(moving("WEBP", 3)), 480)

    assert (drawn.size, getattr(drawn, "n_frames", 1)) == ((8, 8), 1)


def test_fresh_turns_a_photograph_upright_and_makes_it_no_wider():
    assert fresh(io.BytesIO(photograph()), 200).size == (200, 320)
    assert fresh(io.BytesIO(photograph()), 1600).size == (400, 640)


@pytest.mark.parametrize("form", ["avif", "webp", "jpeg"])
def test_written_holds_nothing_but_pixels(form):
    content = written(fresh(io.BytesIO(photograph()), 400), form)

    with Image.open(io.BytesIO(content)) as image:
        assert dict(image.getexif()) == {}
        assert {"exif", "xmp", "comment", "icc_profile"} & image.info.keys() == set()
    assert [word for word in (b"SampleCamera", b"taken at home", b"GPS", b"Exif", b"xmp") if word in content] == []


def test_written_as_jpeg_puts_what_is_transparent_on_white():
    content = io.BytesIO()
    Image.new("RGBA", (8, 8), (0, 0, 0, 0)).save(content, "PNG")

    drawn = fresh(content, 480)

    assert drawn.mode == "RGBA"
    with Image.open(io.BytesIO(written(drawn, "jpeg"))) as image:
        assert image.getpixel((4, 4)) == (255, 255, 255)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_fresh_reads_every_mode_of_png(mode):
    content = io.BytesIO()
    Image.new(mode, (8, 8)).save(content, "PNG")

    assert fresh(content, 480).mode in {"RGB", "RGBA"}


def test_fresh_of_print_colors_is_in_colors_of_screens():
    content = io.BytesIO()
    Image.new("CMYK", (8, 8), (0, 255, 255, 0)).save(content, "JPEG")

    drawn = fresh(content, 480)

    assert drawn.mode == "RGB"
    red, green, blue = drawn.getpixel((4, 4))
    assert (red > 200, green < 60, blue < 60) == (True, True, True)


def test_fresh_follows_the_profile_of_the_picture():
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    content = file_of("PNG", (8, 8), icc_profile=lab)

    assert fresh(io.BytesIO(content), 480).size == (8, 8)


def test_fresh_with_a_broken_profile_takes_the_colors_as_they_are():
    content = file_of("PNG", (8, 8), icc_profile=struct.pack(">I", 4) + b"junk" * 40)

    assert fresh(io.BytesIO(content), 480).size == (8, 8)
