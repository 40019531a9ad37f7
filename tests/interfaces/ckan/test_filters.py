"""The fq that harvesters send, and everything else."""

import datetime as dt

import pytest

from tests.factories.cities import make_city
from tests.factories.opendata import make_dataset, make_part, make_version

pytestmark = pytest.mark.django_db


@pytest.fixture
def known():
    for slug in ("khon-kaen", "phayao"):
        make_city(slug=slug)
    days = (dt.datetime(2026, 1, day, tzinfo=dt.UTC) for day in (1, 2, 3, 4))
    water = {"keywords_th": ["น้ำ ดื่ม"], "allow_harvest": True}
    make_version(dataset=make_dataset(slug="kk", place="khon-kaen", data_type="records", **water))
    make_version(
        dataset=make_dataset(slug="ph", place="phayao", data_type="geodata", keywords_en=["water"]),
        parts=[make_part(b"{}", format="geojson", media_type="application/geo+json")],
    )
    make_dataset(slug="net", license="OGL-TH", keywords_en=['a"b'])
    make_dataset(slug="lost", place="nowhere", license="CC0-1.0")
    from learningcity.opendata.models import Dataset

    for slug, day in zip(("kk", "ph", "net", "lost"), days, strict=True):
        Dataset.objects.filter(slug=slug).update(changed_at=day)


@pytest.mark.parametrize(
    ("fq", "names"),
    [
        ("", "kk lost net ph"),
        ("organization:khon-kaen", "kk"),
        ("organization:khon-kaen OR organization:phayao", "kk ph"),
        ("organization:khon-kaen OR organization:phayao metadata_modified:[2026-01-02T00:00:00Z TO *]", "ph"),
        ("metadata_modified:[2026-01-02T00:00:00Z TO *] organization:khon-kaen OR organization:phayao", "ph"),
        ("-organization:khon-kaen -organization:phayao", "lost net"),
        ("organization:network", "lost net"),
        ("organization:nowhere", ""),
        ("organization:no-such", ""),
        ("groups:records", "kk"),
        ("-groups:records", "lost net ph"),
        ("groups:records OR groups:geodata", "kk ph"),
        ("groups:nothing", ""),
        ("+groups:records", "kk"),
        ("metadata_modified:[2026-01-02T00:00:00.123456Z TO *]", "lost net"),
        ("metadata_modified:[* TO 2026-01-02T00:00:00Z]", "kk ph"),
        ("metadata_modified:[2026-01-02T00:00:00 TO 2026-01-03T00:00:00Z]", "net ph"),
        ("metadata_modified:[* TO *]", "kk lost net ph"),
        ('tags:"น้ำ ดื่ม"', "kk"),
        ('tags:"a\\"b"', "net"),
        ("tags:water", "ph"),
        ("tags:wat", ""),
        ("res_format:CSV", "kk"),
        ("res_format:GeoJSON", "ph"),
        ('license_id:"Creative Commons Attributions"', "kk ph"),
        ("license_id:อื่นๆ", "lost net"),
        ("license_id:OGL-TH", "net"),
        ("  tags:water   groups:geodata  ", "ph"),
        ("+dataset_type:dataset +state:active private:false", "kk lost net ph"),
        ("type:harvest", ""),
        ("-state:active", ""),
        ("allow_harvest:True", "kk"),
        ("allow_harvest:False -groups:geodata", "lost net"),
        ("allow_harvest:maybe", ""),
        ("data_category:ข้อมูลสาธารณะ", "kk lost net ph"),
    ],
)
def test_fq_finds(call, known, fq, names):
    found = call("package_search", fq=fq, sort="name asc")

    assert [one["name"] for one in found["results"]] == names.split()
    assert call("package_search", fq_list=[fq, "-groups:nothing"])["count"] == found["count"]


@pytest.mark.parametrize(
    "fq",
    [
        "title:x",
        "name:kk",
        "capacity:public",
        "words",
        "organization:",
        "organization:a*",
        "organization:(a OR b)",
        "(organization:a)",
        "NOT organization:a",
        "organization:a AND organization:b",
        "OR",
        "organization:a OR",
        "OR organization:a",
        "organization:a OR OR organization:b",
        "organization:a OR -organization:b",
        "organization:[a TO b]",
        "metadata_modified:2026",
        "metadata_modified:[NOW-1DAY TO *]",
        "metadata_modified:{2026-01-01T00:00:00Z TO *}",
        "metadata_modified:[2026-99-01T00:00:00Z TO *]",
        "metadata_modified:[0001-01-01T00:00:00+14:00 TO *]",
        'tags:"open',
        "tags:x~2",
        "tags:x^2",
        "organization:a'; DROP TABLE opendata_dataset; --",
        "tags:a " * 300,
        "tags:" + "a" * 30_000,
    ],
)
def test_fq_that_is_not_understood_is_an_error(call, known, fq):
    status, error = call("package_search", fq=fq)

    assert (status, error["__type"]) == (400, "Search Query Error")
