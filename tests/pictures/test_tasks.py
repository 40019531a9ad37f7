import datetime as dt
import io

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone
from PIL import Image

from learningcity.audit.models import Entry
from learningcity.common import images
from learningcity.pictures import tasks
from learningcity.pictures.models import Picture, Rendition
from tests.factories.pictures import file_of, make_picture, photograph

pytestmark = pytest.mark.django_db


def test_make_renditions_makes_every_size_in_every_form():
    picture = make_picture(file_of(size=(2000, 1000)))

    tasks.make_renditions(picture.pk)

    made = list(picture.renditions.order_by("width", "form").values_list("form", "width", "height"))
    assert made == [
        (form, width, height)
        for width, height in ((480, 240), (960, 480), (1600, 800))
        for form in ("avif", "jpeg", "webp")
    ]
    assert Picture.objects.get().state == "ready"


def test_make_renditions_makes_nothing_wider_than_the_picture():
    picture = make_picture(file_of(size=(600, 300)))

    tasks.make_renditions(picture.pk)

    assert sorted(set(picture.renditions.values_list("width", flat=True))) == [480, 600]


def test_make_renditions_twice_makes_them_once():
    picture = make_picture(file_of(size=(100, 50)))

    tasks.make_renditions(picture.pk)
    first = list(Rendition.objects.order_by("pk").values_list("pk", "file"))
    tasks.make_renditions(picture.pk)

    assert list(Rendition.objects.order_by("pk").values_list("pk", "file")) == first
    assert list(Entry.objects.values_list("action", "after")) == [("pictures.make_renditions", "ready")]


def test_make_renditions_goes_on_where_it_was_cut_off(monkeypatch):
    picture = make_picture(file_of(size=(600, 300)))
    whole = images.written

    def cut_off(drawn, form):
        if Rendition.objects.count() == 4:
            raise ConnectionError
        return whole(drawn, form)

    monkeypatch.setattr(images, "written", cut_off)
    with pytest.raises(ConnectionError):
        tasks.make_renditions(picture.pk)
    monkeypatch.setattr(images, "written", whole)
    tasks.make_renditions(picture.pk)

    assert (Rendition.objects.count(), Picture.objects.get().state) == (6, "ready")


def test_make_renditions_stops_when_the_picture_is_withdrawn_meanwhile(monkeypatch):
    picture = make_picture(file_of(size=(600, 300)))
    whole = images.written

    def withdrawn_meanwhile(drawn, form):
        Rendition.objects.all().delete()
        Picture.objects.update(
            state="withdrawn", withdrawn_at="2026-01-01T00:00Z", withdrawn_because="consent", original=""
        )
        return whole(drawn, form)

    monkeypatch.setattr(images, "written", withdrawn_meanwhile)
    tasks.make_renditions(picture.pk)

    assert (Rendition.objects.count(), Picture.objects.get().state) == (0, "withdrawn")


def test_make_renditions_of_what_cannot_be_drawn_fails_for_good(caplog):
    picture = make_picture(file_of())
    default_storage.delete(picture.original.name)
    default_storage.save(picture.original.name, io.BytesIO(b"%PDF"))

    tasks.make_renditions(picture.pk)

    assert Picture.objects.get().state == "failed"
    assert [record.levelname for record in caplog.records] == ["ERROR"]


def test_make_renditions_of_no_picture_does_nothing():
    tasks.make_renditions(404)

    assert Rendition.objects.count() == 0


def test_no_rendition_tells_where_or_when_or_with_what_it_was_taken():
    tasks.make_renditions(make_picture(photograph(), width=400, height=640).pk)

    renditions = list(Rendition.objects.all())
    assert len(renditions) == 3
    for rendition in renditions:
        content = rendition.file.read()
        with Image.open(io.BytesIO(content)) as image:
            assert dict(image.getexif()) == {}
            assert image.size == (400, 640)
        assert [word for word in (b"SampleCamera", b"taken at home", b"GPS", b"Exif") if word in content] == []


def test_name_of_a_rendition_follows_its_bytes():
    tasks.make_renditions(make_picture().pk)

    rendition = Rendition.objects.filter(form="webp").first()
    assert rendition.get_absolute_url() == (
        f"/pictures/{rendition.picture_id}/{rendition.sha256[:12]}-{rendition.width}.webp"
    )


def test_make_missing_takes_up_what_was_left_behind_and_leaves_what_is_under_way():
    old = make_picture(uploaded_at=timezone.now() - dt.timedelta(hours=1))
    new = make_picture()

    tasks.make_missing(0)

    assert list(Picture.objects.order_by("pk").values_list("pk", "state")) == [(old.pk, "ready"), (new.pk, "making")]


def test_make_missing_of_what_fails_once_more_says_so(monkeypatch, caplog):
    make_picture(uploaded_at=timezone.now() - dt.timedelta(hours=1))
    monkeypatch.setattr(images, "fresh", lambda file, width: 1 / 0)

    tasks.make_missing(0)

    assert Picture.objects.get().state == "failed"
    assert [record.levelname for record in caplog.records] == ["ERROR"]
