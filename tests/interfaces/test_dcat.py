"""The catalog in DCAT-AP, held against the shapes of its two versions."""

import datetime as dt
import json
from functools import cache

import pytest
from django.conf import settings
from django.utils import timezone
from pyshacl import validate
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, OWL, RDF, XSD

from learningcity.interfaces.exports.dcat_words import DCAT, HYDRA, SPDX
from learningcity.interfaces.views import dcat
from learningcity.opendata.enums import Coverage, DataType, License, Rhythm
from tests.factories.cities import make_city
from tests.factories.opendata import make_dataset, make_part, make_version
from tests.proofs import proves

pytestmark = [
    pytest.mark.django_db,
    # rdflib reads JSON-LD with a class of its own that it has given up.
    pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning"),
]
SHAPES = settings.ROOT.parent / "shared" / "data" / "dcat"
FORMS = {"ttl": "turtle", "jsonld": "json-ld", "rdf": "xml"}
HERE = "http://localhost:8000"


@cache
def shapes(name):
    if not SHAPES.exists():
        pytest.skip(f"{SHAPES} is not there.")
    graph = Graph().parse(SHAPES / name, format="turtle")
    graph.remove((None, OWL.imports, None))
    return graph


AP3, AP2 = "dcat-ap_3.0.1_shapes.ttl", "dcat-ap_2.1.1_shacl_shapes.ttl"


def read(client, path):
    response = client.get(path)
    assert response.status_code == 200, response.content
    extension = path.partition("?")[0].rpartition(".")[2]
    return Graph().parse(data=response.content, format=FORMS[extension])


def make_every_kind():
    """Make datasets in which each value of each list stands once, whole ones and bare ones."""
    city = make_city()
    for number, rhythm in enumerate(Rhythm):
        make_version(
            dataset=make_dataset(
                rhythm=rhythm,
                interval=number or None,
                data_type=list(DataType)[number % len(DataType)],
                coverage=list(Coverage)[number],
                license=list(License)[number % len(License)],
                place=city.slug if number % 2 else "",
                first_year=2019 if number % 3 else None,
                last_year=2024 if number % 4 else None,
                keywords_en=["example"],
                landing_page="https://example.org/a b?c=<d>|ก" if number % 2 else "",
                notes_en='Two lines\nand "quotes" \\ <b> \x0b',
            ),
            parts=[make_part(name="pupils", title_th="นักเรียน"), make_part(b"%PDF", name="words", format="pdf")],
            note_th="ปีใหม่",
        )
    make_dataset(publication="observations", slug="observations")
    make_dataset(coverage=Coverage.OTHER, title_en="", notes_th="", notes_en="", keywords_th=[])


def violations(graph, name):
    _conforms, found, text = validate(graph, shacl_graph=shapes(name), advanced=False)
    shacl = "http://www.w3.org/ns/shacl#"
    return text if (None, URIRef(f"{shacl}resultSeverity"), URIRef(f"{shacl}Violation")) in found else ""


@pytest.mark.parametrize(
    ("profile", "name"),
    [
        pytest.param("", AP3, marks=proves("DCAT-AP 3.0.1", by="pyshacl")),
        pytest.param("", AP2, marks=proves("DCAT-AP 2.1.1", by="pyshacl")),
        pytest.param("?_profile=dcatap3", AP3, marks=proves("DCAT-AP 3.0.1", by="pyshacl")),
        pytest.param("?_profile=dcatap2", AP2, marks=proves("DCAT-AP 2.1.1", by="pyshacl")),
    ],
)
@pytest.mark.parametrize("extension", FORMS)
def test_the_catalog_has_no_violation(client, extension, profile, name):
    make_every_kind()

    graph = read(client, f"/catalog.{extension}{profile}")

    assert len(set(graph.subjects(RDF.type, DCAT.Dataset))) == len(Rhythm) + 2
    assert violations(graph, name) == ""


@pytest.mark.parametrize("name", [AP3, AP2])
def test_a_dataset_alone_has_no_violation(client, name):
    make_every_kind()
    make_version(dataset=(dataset := make_dataset(slug="pupils")))
    make_version(dataset=dataset, parts=[make_part(b"a\n2\n")])

    graph = read(client, "/data/pupils.ttl")

    node = URIRef(f"{HERE}/data/pupils/")
    assert violations(graph, name) == ""
    assert graph.value(node, DCAT.version) == Literal("2")
    assert {str(version) for version in graph.objects(node, DCAT.hasVersion)} == {
        f"{HERE}/data/pupils/1/",
        f"{HERE}/data/pupils/2/",
    }


def test_shapes_do_find_what_is_wrong():
    graph = Graph().add((URIRef("urn:x"), RDF.type, DCAT.Dataset))

    assert "MinCount" in violations(graph, AP3)


def test_the_three_kinds_of_files_say_the_same(client):
    make_every_kind()

    counts = {len(read(client, f"/catalog.{extension}")) for extension in FORMS}

    assert len(counts) == 1


def test_the_numbers_of_indicators_come_as_sdmx_too(client):
    make_dataset(publication="observations", slug="observations")

    graph = read(client, "/data/observations.ttl")

    assert URIRef(f"{HERE}/data/sdmx.csv") in set(graph.objects(None, DCAT.downloadURL))


def test_license_stands_on_the_dataset_too_and_a_theme_where_we_know_it(client):
    make_dataset(publication="cities", slug="cities")
    make_dataset(slug="bare", license="notspecified")

    ours, bare = (read(client, f"/data/{slug}.ttl") for slug in ("cities", "bare"))

    node = URIRef(f"{HERE}/data/cities/")
    assert str(ours.value(node, DCTERMS.license)) == "https://creativecommons.org/licenses/by/4.0/"
    assert str(ours.value(node, DCAT.theme)).endswith("/data-theme/EDUC")
    assert (None, DCTERMS.license, None) not in bare
    assert (None, DCAT.theme, None) not in bare


def test_thai_is_written_in_thai_letters(client):
    make_dataset(title_th="นักเรียนในเมือง")

    for extension in FORMS:
        assert "นักเรียนในเมือง" in client.get(f"/catalog.{extension}").content.decode()


def test_a_file_is_said_with_its_size_and_fingerprint_where_the_profile_has_room(client):
    make_version(dataset=make_dataset(slug="pupils"))

    full, old = (read(client, f"/data/pupils.ttl?_profile={name}") for name in ("dcatap3", "dcatap2"))

    assert [size.datatype for size in full.objects(None, DCAT.byteSize)] == [XSD.nonNegativeInteger]
    assert len(list(full.subjects(RDF.type, SPDX.Checksum))) == 1
    assert [(float(size), size.datatype) for size in old.objects(None, DCAT.byteSize)] == [(4.0, XSD.decimal)]


def test_pages_lead_to_each_other_and_pass_over_nothing_when_something_is_withdrawn(client, monkeypatch):
    monkeypatch.setattr(dcat, "PAGE_SIZE", 2)
    datasets = [make_dataset() for _number in range(5)]

    seen, path = [], "/catalog.ttl"
    while path:
        graph = read(client, path)
        seen += sorted(str(node) for node in graph.subjects(RDF.type, DCAT.Dataset))
        assert {int(total) for total in graph.objects(None, HYDRA.totalItems)} <= {4, 5}
        path = str(next(graph.objects(None, HYDRA.next), "")).removeprefix(HERE)
        datasets[0].withdrawn_at, datasets[0].reason_en = timezone.now(), "Gone."
        datasets[0].save()

    assert seen == [f"{HERE}/data/{dataset.slug}/" for dataset in datasets]


def test_pages_can_be_counted_too(client, monkeypatch):
    monkeypatch.setattr(dcat, "PAGE_SIZE", 2)
    for _number in range(3):
        make_dataset()

    assert len(list(read(client, "/catalog.ttl?page=2").subjects(RDF.type, DCAT.Dataset))) == 1
    assert client.get("/catalog.ttl?page=3").status_code == 404


@pytest.mark.parametrize("query", ["page=0", "page=x", "after=-1", f"after={'9' * 40}", "_profile=dcat", "rows=1"])
def test_what_means_nothing_is_refused(client, query):
    answer = client.get(f"/catalog.ttl?{query}")

    assert (answer.status_code, answer["Content-Type"]) == (400, "text/plain; charset=utf-8")


@pytest.mark.parametrize("path", ["/catalog.exe", "/data/pupils.exe", "/data/pupils.ttl"])
def test_what_is_not_there_is_not_found(client, path):
    make_dataset(slug="pupils", category="secret")

    assert client.get(path).status_code == 404


def test_a_withdrawn_dataset_says_why_it_is_gone(client):
    at = dt.datetime(2026, 1, 2, tzinfo=dt.UTC)
    make_dataset(slug="pupils", withdrawn_at=at, reason_th="นับผิด", reason_en="Counted wrongly.")

    answer = client.get("/data/pupils.ttl")

    graph = Graph().parse(data=answer.content, format="turtle")
    assert answer.status_code == 410
    assert list(graph.objects(None, DCTERMS.modified)) == [Literal("2026-01-02T00:00:00Z", datatype=XSD.dateTime)]
    assert "Counted wrongly." in answer.content.decode()
    assert list(graph.subjects(RDF.type, DCAT.Dataset)) == []


def test_any_page_of_another_site_may_read_it(client):
    assert client.get("/catalog.ttl")["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("count", [1, 3])
def test_a_page_costs_the_same_however_many(client, count, django_assert_num_queries):
    for _number in range(count):
        make_version()

    with django_assert_num_queries(6):
        client.get("/catalog.ttl")


@pytest.mark.parametrize("extension", FORMS)
def test_the_same_catalog_is_the_same_bytes_in_every_process(client, extension):
    make_every_kind()
    said = client.get(f"/catalog.{extension}").content
    again = Graph().parse(data=said, format=FORMS[extension])
    mixed = Graph(namespace_manager=again.namespace_manager)
    for triple in sorted(again, key=str, reverse=True):
        mixed.add(triple)

    assert client.get(f"/catalog.{extension}").content == said
    assert dcat.written(again, extension).content == dcat.written(mixed, extension).content


def test_nodes_of_json_ld_stand_in_the_order_of_their_addresses(client):
    make_every_kind()
    names = [node["@id"] for node in json.loads(client.get("/catalog.jsonld").content)["@graph"]]

    assert names == sorted(names)
