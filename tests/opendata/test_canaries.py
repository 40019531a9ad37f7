"""Nothing private is in anything that is published: not in a table, not in a file of any kind, not at any address for programs."""

import io
import re
import tempfile
import zipfile

import duckdb
import pytest
from django.conf import settings
from django.db import transaction
from django.test import override_settings
from django.urls import get_resolver

from learningcity.opendata.actions import keep_snapshots
from learningcity.opendata.actions.watching import watched_tables
from learningcity.opendata.models import Indicator
from learningcity.opendata.queries import catalog, entries, files_of, made_file_of, package_of_everything
from learningcity.opendata.queries.changes import words_asked
from learningcity.opendata.registry import publications
from learningcity.portal.queries.lists import LISTS
from tests.factories.canaries import (
    FEW,
    NO_WORDS,
    PRIVATE,
    PUBLIC,
    WORD,
    free_columns,
    make_world,
    models_with_texts,
)
from tests.opendata.test_always_fresh import ASIDE, TABLES

pytestmark = pytest.mark.django_db
LEAK = re.compile(rf"{WORD}[\w-]*|{re.escape(FEW)}", re.IGNORECASE)
# Where addresses for programs begin; links to pages for people are not followed.
SPACES = ("/api/", "/catalog", "/data/", "/oai", "/ogc", "/sdmx", "/feeds/", "/sitemap", "/changes")
SEEDS = (
    "/data/",
    "/data/datapackage.zip",
    "/sitemap.xml",
    "/changes.atom",
    "/catalog.ttl",
    "/catalog.jsonld",
    "/catalog.rdf",
    "/ogc/",
    "/ogc/collections",
    *(f"/oai?verb={verb}" for verb in ("Identify", "ListSets", "ListMetadataFormats")),
    *(f"/oai?verb=ListRecords&metadataPrefix={form}" for form in ("oai_dc", "oai_datacite")),
    *(f"/api/3/action/{name}" for name in ("package_list", "tag_list", "license_list", "status_show")),
    "/api/3/action/package_search?rows=1000",
    "/api/3/action/current_package_list_with_resources?limit=1000",
    "/api/3/action/organization_list?all_fields=true&include_users=true",
    "/api/3/action/group_list?all_fields=true",
    "/api/3/action/user_list",
    "/api/3/action/resource_search?query=name:",
    f"/api/3/action/package_search?q={WORD}&rows=1000",
    "/api/v1/",
    "/api/v1/openapi.json",
    "/api/v1/datasets",
)
# Its files are looked into one by one already.
FILE = re.compile(r"/data/[^/]+/[^/]+/(?!datapackage)[^/]+\.\w+")
MOST = 400


@pytest.fixture
def _django_db_helper():
    """Leave out pytest-django's transaction of each test: here one goes round all tests, which only read."""


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, tmp_path_factory):
    folders = {name: tmp_path_factory.mktemp(name.lower()) for name in ("TABLE_SHELF", "MEDIA_ROOT")}
    with django_db_blocker.unblock(), transaction.atomic(), override_settings(**folders):
        planted = make_world()
        keep_snapshots()
        yield planted, folders
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _same_files(_own_files, world, settings):
    """Keep the files of this module, not those of each test."""
    for name, folder in world[1].items():
        setattr(settings, name, folder)


def opened(content):
    """Return all that stands in a file as text: an archive is opened, a table read."""
    if content.startswith(b"PAR1"):
        with tempfile.NamedTemporaryFile(suffix=".parquet") as table:
            table.write(content)
            table.flush()
            return repr(duckdb.sql(f"FROM read_parquet('{table.name}')").fetchall())
    if content.startswith(b"PK"):
        archive = zipfile.ZipFile(io.BytesIO(content))
        return " ".join([*archive.namelist(), *(opened(archive.read(name)) for name in archive.namelist())])
    return content.decode("utf-8", "replace")


def leaks(content):
    return sorted(set(LEAK.findall(opened(content))))


def test_every_model_with_texts_is_planted_or_public():
    found = {model._meta.label for model in models_with_texts()}

    assert found - PRIVATE.keys() - PUBLIC == set(), "Say in tests/factories/canaries.py whether these are public."
    assert (PRIVATE.keys() | PUBLIC) - found == set()
    assert PRIVATE.keys() & PUBLIC == set()


def test_every_private_text_holds_the_word(world):
    bare = [
        f"{label}.{column.name}"
        for label, record in world[0].items()
        for column in free_columns(type(record))
        if column.name not in NO_WORDS.get(label, ()) and WORD not in str(getattr(record, column.name))
    ]

    assert bare == []


def test_the_word_is_found_where_it_stands(tmp_path):
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("a.csv", f"ก,{WORD}-contact")

    assert leaks(archive.getvalue()) == [f"{WORD}-contact"]


def test_no_publication_holds_a_private_word_in_any_kind_of_file(world):
    found, seen = {}, set()
    for entry in entries(catalog().exclude(publication="")):
        for offer in entry.offers:
            path = made_file_of(entry, offer, offer.format).path
            if offer.format == "parquet":
                rows = duckdb.sql(f"SELECT * FROM read_parquet('{path}')").fetchall()
                content, filled = repr(rows).encode(), bool(rows)
                seen |= {entry.dataset.publication} if filled else set()
            else:
                content = path.read_bytes()
            if words := leaks(content):
                found[offer.path] = words

    assert found == {}
    # Whoever looks at empty tables finds nothing and knows nothing.
    assert seen == {publication.name for publication in publications()}


def test_the_package_of_the_platform_holds_no_private_word(world):
    files = {name: leaks(b"".join(pieces)) for name, pieces in files_of(package_of_everything())}

    assert {name: words for name, words in files.items() if words} == {}
    assert len(files) > len(publications())


@pytest.mark.parametrize("form", ["csv", "csv?bom=1", "xlsx", "json", "parquet", "geojson"])
def test_no_list_and_no_file_of_an_indicator_holds_a_private_word(world, client, form):
    slugs = Indicator.objects.values_list("slug", flat=True)
    addresses = [
        "/partners/network",
        *(f"/en/lists/{name}" for name in LISTS),
        *(f"/indicators/{slug}" for slug in slugs),
    ]
    answers = {address: client.get(f"{address}.{form}") for address in addresses}
    files = {address: b"".join(answer) for address, answer in answers.items() if answer.status_code == 200}

    assert {address: words for address, content in files.items() if (words := leaks(content))} == {}
    assert len(files) == (3 if form == "geojson" else len(addresses)) > 1


def test_no_address_for_programs_holds_a_private_word(world, client):
    found, broken, unseen, known = {}, {}, set(), list(dict.fromkeys([*SEEDS, *addresses_without_words()]))
    for number, address in enumerate(known):
        if number >= MOST:
            break
        with words_asked() as asked:
            answer = client.get(address, headers={"Accept": "*/*"})
            content = b"".join(answer) if answer.streaming else answer.content
        unseen |= asked & TABLES - watched_tables() - ASIDE
        if answer.status_code >= 500:
            broken[address] = answer.status_code
        # An answer may repeat the question.
        if words := leaks(content.replace(WORD.encode(), b"") if WORD in address else content):
            found[address] = words
        if answer.status_code == 200:
            known += [link for link in sorted(links_in(content)) if link not in known]

    assert (found, broken) == ({}, {})
    # Whoever keeps an answer looks at what is watched, to learn whether it still holds.
    assert unseen == set()


def addresses_without_words():
    """Return the addresses of the interfaces that stand in no address list of theirs and need no word."""
    for pattern in get_resolver().url_patterns:
        if getattr(pattern, "urlconf_name", None) and "interfaces" in str(pattern.urlconf_name):
            for one in pattern.url_patterns:
                if "<" not in str(one.pattern):
                    yield f"/{one.pattern}"


def links_in(content):
    """Return the addresses for programs of our own site that an answer names."""
    words = content.decode("utf-8", "replace") if not content.startswith(b"PK") else ""
    for address in re.findall(rf"{re.escape(settings.SITE_URL)}(/[^\s\"'<>\\)]*)", words):
        path = address.replace("&amp;", "&")
        if path.startswith(SPACES) and WORD not in path and not FILE.match(path):
            yield path
