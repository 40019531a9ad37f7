"""What others say in DCAT, OAI-PMH and CKAN, read in our words; and a table at an address."""

import pytest

from learningcity.harvest.models import Copy, Origin
from learningcity.harvest.tasks.licenses import license_from
from learningcity.harvest.tasks.remote import notes_of, text_of, web_address, year_of
from learningcity.opendata.models import Dataset
from tests.factories.harvest import make_host, make_origin
from tests.harvest.catalogs import counts
from tests.harvest.servers import Said, serving
from tests.proofs import proves

pytestmark = [
    proves("CKAN API 3, DCAT, OAI-PMH (harvesting)", by="pytest"),
    pytest.mark.django_db,
    # rdflib reads JSON-LD with a class of its own that it has given up.
    pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning"),
]
TURTLE = """
@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> . @prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix vcard: <http://www.w3.org/2006/vcard/ns#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<%(here)s/d/1> a dcat:Dataset ; dct:title "โรงเรียน"@th, "Schools"@en ; dct:description "นับทุกปี" ; dcat:keyword "เด็ก", "pupils" ;
  dct:license <https://creativecommons.org/licenses/by/4.0/> ; dct:modified "2026-01-01"^^xsd:date ;
  dct:publisher [ foaf:name "เทศบาล" ] ; dcat:contactPoint [ vcard:fn "ฝ่ายข้อมูล" ; vcard:hasEmail <mailto:data@example.org> ] ;
  dct:accrualPeriodicity <http://publications.europa.eu/resource/authority/frequency/ANNUAL> ;
  dct:temporal [ dcat:startDate "2020"^^xsd:gYear ; dcat:endDate "2024"^^xsd:gYear ] ;
  dcat:distribution [ dcat:downloadURL <%(here)s/a.csv> ; dct:title "ตาราง" ], [ dcat:accessURL <%(here)s/api> ] .
<%(here)s/d/2> a dcat:Dataset ; dct:title "No license" .
<%(here)s/d/3> a dcat:Dataset ; dct:title "Closed" ; dct:license <https://creativecommons.org/licenses/by/4.0/> ;
  dct:accessRights <http://publications.europa.eu/resource/authority/access-right/RESTRICTED> .
"""
OAI = """<?xml version="1.0" encoding="UTF-8"?><OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">%s</OAI-PMH>"""


class Elsewhere:
    """A server that says at each path what a test puts there."""

    def __init__(self):
        self.said, self.server = {}, None

    def answer(self, path, headers):
        said = self.said.get(path) or self.said.get(path.partition("?")[0]) or Said(status=404)
        said = said(path, headers) if callable(said) else said
        if said.headers.get("ETag") and headers.get("If-None-Match") == said.headers["ETag"]:
            return Said(status=304, headers=said.headers)
        return said


@pytest.fixture
def elsewhere(settings):
    place = Elsewhere()
    with serving(place.answer) as running:
        settings.HARVEST_TEST_SERVERS = [running.site]
        make_host(name=running.site)
        place.server = running
        yield place


@pytest.fixture
def origin_of(elsewhere, city, officer):
    def made(kind, path, **changes):
        return make_origin(kind=kind, address=elsewhere.server.at(path), place=city.slug, by=officer, **changes)

    return made


def turtle(elsewhere):
    return (TURTLE % {"here": elsewhere.server.at("")}).encode()


def test_dcat_in_turtle_is_read(elsewhere, origin_of, harvest):
    elsewhere.said = {"/catalog.ttl": Said(turtle(elsewhere)), "/a.csv": Said(b"a,b\n1,2\n")}

    run = harvest(origin_of("dcat", "/catalog.ttl"))

    dataset = Dataset.objects.get()
    assert (run.state, counts(run)) == ("done", [3, 1, 0, 0, 0, 2])
    assert (dataset.title_th, dataset.title_en, dataset.notes_th) == ("โรงเรียน", "Schools", "นับทุกปี")
    assert (dataset.license, dataset.origin_th, dataset.maintainer_th, dataset.maintainer_email) == (
        "CC-BY-4.0",
        "เทศบาล",
        "ฝ่ายข้อมูล",
        "data@example.org",
    )
    assert (dataset.rhythm, dataset.first_year, dataset.last_year) == ("year", 2020, 2024)
    assert (dataset.keywords_th, dataset.keywords_en, dataset.slug) == (["เด็ก"], ["pupils"], "schools")
    assert dataset.versions.get().distributions.get().row_count == 1
    assert sorted(run.findings.values_list("reason", flat=True)) == ["", "no_license", "not_public"]


@pytest.mark.parametrize("form", ["json-ld", "xml"])
def test_dcat_in_other_forms_says_the_same(elsewhere, origin_of, harvest, form):
    from rdflib import Graph

    content = Graph().parse(data=turtle(elsewhere), format="turtle").serialize(format=form, encoding="utf-8")
    elsewhere.said = {"/catalog": Said(content), "/a.csv": Said(b"a,b\n1,2\n")}

    run = harvest(origin_of("dcat", "/catalog"))

    assert (counts(run), Dataset.objects.get().title_en) == ([3, 1, 0, 0, 0, 2], "Schools")


def test_dcat_that_did_not_change_is_not_sent_again(elsewhere, origin_of, harvest):
    elsewhere.said = {"/c": Said(turtle(elsewhere), headers={"ETag": '"1"'}), "/a.csv": Said(b"a\n1\n")}
    origin = origin_of("dcat", "/c")
    harvest(origin)

    run = harvest(origin)

    assert (run.state, counts(run), Copy.objects.get().gone_at) == ("done", [0, 0, 0, 0, 0, 0], None)
    assert elsewhere.server.asked[-1][1]["If-None-Match"] == '"1"'


def test_dcat_record_that_is_missing_is_gone_but_an_empty_list_is_a_mistake(elsewhere, origin_of, harvest):
    elsewhere.said = {"/c": Said(turtle(elsewhere)), "/a.csv": Said(b"a\n1\n")}
    origin = origin_of("dcat", "/c")
    harvest(origin)
    elsewhere.said["/c"] = Said(b"# nothing")
    empty = harvest(origin)
    elsewhere.said["/c"] = Said(turtle(elsewhere).replace(b"/d/1>", b"/d/9>"))

    run = harvest(origin)

    assert (empty.state, empty.problem) == ("failed", "empty")
    assert (counts(run), Copy.objects.filter(gone_at__isnull=False).count()) == ([3, 1, 0, 0, 1, 2], 1)


def test_dcat_list_that_is_shorter_than_it_says_has_nothing_gone(elsewhere, origin_of, harvest):
    elsewhere.said = {"/c": Said(turtle(elsewhere), headers={"ETag": '"1"'}), "/a.csv": Said(b"a\n1\n")}
    origin = origin_of("dcat", "/c")
    harvest(origin)
    total = b"<#c> <http://www.w3.org/ns/hydra/core#totalItems> 4 ."
    short = turtle(elsewhere).replace(b"/d/1>", b"/d/9>") + total
    elsewhere.said["/c"] = Said(short, headers={"ETag": '"2"'})

    run = harvest(origin)

    assert (run.state, counts(run)) == ("done", [3, 1, 0, 0, 0, 2])
    assert Origin.objects.get().memory == {"etag": '"1"'}


def test_dcat_is_read_page_by_page_within_the_host(elsewhere, origin_of, harvest):
    first = turtle(elsewhere) + b"<#c> <http://www.w3.org/ns/hydra/core#next> </c?page=2> ."
    second = (
        turtle(elsewhere).replace(b"/d/1>", b"/d/4>")
        + b"<#c> <http://www.w3.org/ns/hydra/core#next> <http://169.254.169.254/> ."
    )
    elsewhere.said = {"/c": Said(first), "/c?page=2": Said(second), "/a.csv": Said(b"a\n1\n")}

    run = harvest(origin_of("dcat", "/c"))

    assert (run.state, run.problem, run.found) == ("failed", "address", 4)


@pytest.mark.parametrize(
    "content",
    [
        b'{"@context": "http://169.254.169.254/c.jsonld", "@id": "http://a/"}',
        b'{"@context": [{"a": "http://a/"}, "file:///etc/passwd"]}',
        b'{"@context": {"@import": "http://127.0.0.1/"}}',
        b'{"a": {"@context": "http://127.0.0.1/"}}',
        b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
        b"<rdf:RDF><a></rdf:RDF>",
        b"<html><body>",
        b"@prefix a: <http://a/> . a:b a:c",
        b"\xff\xfe\x00",
        b"[" * 100_000,
    ],
)
def test_document_that_asks_for_elsewhere_or_is_none_is_refused_and_nothing_else_asked(
    elsewhere, origin_of, harvest, content
):
    elsewhere.said = {"/c": Said(content)}

    run = harvest(origin_of("dcat", "/c"))

    assert (run.state, run.problem, elsewhere.server.paths) == ("failed", "content", ["/c"])


def record(number, **changes):
    said = {
        "day": f"2026-01-0{number}",
        "title": f"หนังสือ {number}",
        "rights": "https://creativecommons.org/licenses/by/4.0/",
    }
    said |= changes
    if said.get("deleted"):
        return f'<record><header status="deleted"><identifier>oai:a:{number}</identifier><datestamp>{said["day"]}</datestamp></header></record>'
    return (
        f"<record><header><identifier>oai:a:{number}</identifier><datestamp>{said['day']}</datestamp></header><metadata>"
        '<dc xmlns="http://purl.org/dc/elements/1.1/">'
        f"<title>{said['title']}</title><title xml:lang='en'>Book {number}</title><rights>{said['rights']}</rights>"
        f"<identifier>https://a.example.org/{number}</identifier><subject>เด็ก</subject></dc></metadata></record>"
    )


class Archive:
    """An archive that has pages of two records."""

    def __init__(self, *records):
        self.records, self.asked, self.deleted, self.broken = list(records), [], "persistent", 0

    def __call__(self, path, headers):
        from urllib.parse import parse_qsl, urlsplit

        asked = dict(parse_qsl(urlsplit(path).query))
        self.asked.append(asked)
        if asked["verb"] == "Identify":
            return self.say(
                f"<Identify><deletedRecord>{self.deleted}</deletedRecord><granularity>YYYY-MM-DD</granularity></Identify>"
            )
        if "resumptionToken" in asked and self.broken:
            self.broken -= 1
            return self.say('<error code="badResumptionToken"/>')
        found = [each for each in self.records if each.partition("<datestamp>")[2][:10] >= asked.get("from", "")]
        start = int(asked.get("resumptionToken", 0))
        if not found:
            return self.say('<error code="noRecordsMatch"/>')
        token = f"<resumptionToken>{start + 2}</resumptionToken>" if start + 2 < len(found) else "<resumptionToken/>"
        return self.say(f"<ListRecords>{''.join(found[start : start + 2])}{token}</ListRecords>")

    def say(self, text):
        return Said((OAI % text).encode())


def test_oai_is_read_with_its_tokens_its_changes_and_its_deletions(elsewhere, origin_of, harvest):
    archive = Archive(*(record(number) for number in range(1, 6)))
    elsewhere.said = {"/oai": archive}
    origin = origin_of("oai", "/oai?set=books")

    first = harvest(origin)
    archive.records = [record(1), record(5, title="ใหม่", day="2026-01-06"), record(2, deleted=True, day="2026-01-07")]
    second = harvest(origin)

    assert (counts(first), counts(second)) == ([5, 5, 0, 0, 0, 0], [1, 0, 1, 0, 1, 0])
    assert archive.asked[0] == {"verb": "ListRecords", "metadataPrefix": "oai_dc", "set": "books"}
    assert archive.asked[1] == {"verb": "ListRecords", "resumptionToken": "2"}
    assert archive.asked[-1] == {**archive.asked[0], "from": "2026-01-05"}
    dataset = Dataset.objects.get(title_th="ใหม่")
    assert (dataset.title_en, dataset.landing_page, dataset.keywords_th) == (
        "Book 5",
        "https://a.example.org/5",
        ["เด็ก"],
    )


def test_oai_record_that_changes_while_the_list_is_read_comes_next_time(elsewhere, origin_of, harvest, monkeypatch):
    archive = Archive(record(1), record(3))
    elsewhere.said = {"/oai": archive}
    origin = origin_of("oai", "/oai")
    monkeypatch.setattr(
        archive, "say", lambda text: Said((OAI % f"<responseDate>2026-01-02T00:00:00Z</responseDate>{text}").encode())
    )
    harvest(origin)
    archive.records.append(record(2))

    assert harvest(origin).new == 1


def test_oai_token_that_counts_no_more_begins_the_list_anew(elsewhere, origin_of, harvest):
    archive = Archive(*(record(number) for number in range(1, 6)))
    archive.broken = 1
    elsewhere.said = {"/oai": archive}

    run = harvest(origin_of("oai", "/oai"))

    assert (run.state, counts(run)) == ("done", [5, 5, 0, 0, 0, 0])


def test_oai_token_that_never_counts_ends_the_run(elsewhere, origin_of, harvest):
    archive = Archive(*(record(number) for number in range(1, 6)))
    archive.broken = 99
    elsewhere.said = {"/oai": archive}

    run = harvest(origin_of("oai", "/oai"))

    assert (run.state, run.problem, run.detail) == ("failed", "content", "badResumptionToken")


def test_oai_archive_that_forgets_what_it_deleted_is_read_whole(elsewhere, origin_of, harvest):
    archive = Archive(record(1), record(2))
    archive.deleted = "no"
    elsewhere.said = {"/oai": archive}
    origin = origin_of("oai", "/oai")
    harvest(origin)
    archive.records = [record(1)]

    run = harvest(origin)

    assert (counts(run), archive.asked[-1].get("from")) == ([1, 0, 0, 1, 1, 0], None)


def test_oai_with_nothing_new_is_done(elsewhere, origin_of, harvest):
    archive = Archive(record(1))
    elsewhere.said = {"/oai": archive}
    origin = origin_of("oai", "/oai")
    harvest(origin)
    Origin.objects.update(memory={"since": "2026-02-01"})

    assert (harvest(origin).state, Copy.objects.get().gone_at) == ("done", None)


def test_table_at_an_address_becomes_a_dataset_and_its_next_versions(elsewhere, origin_of, harvest):
    elsewhere.said = {"/t.csv": Said("ชื่อ,จำนวน\nก,1\n".encode(), headers={"ETag": '"1"'})}
    origin = origin_of("table", "/t.csv", title="โรงเรียนในจังหวัด", license="OGL-TH")

    first, second = harvest(origin), harvest(origin)
    elsewhere.said = {"/t.csv": Said("ชื่อ,จำนวน\nก,1\nข,2\n".encode(), headers={"ETag": '"2"'})}
    third = harvest(origin)

    dataset = Dataset.objects.get()
    assert [counts(run) for run in (first, second, third)] == [
        [1, 1, 0, 0, 0, 0],
        [1, 0, 0, 1, 0, 0],
        [1, 0, 1, 0, 0, 0],
    ]
    assert (dataset.title_th, dataset.license, dataset.versions.count()) == ("โรงเรียนในจังหวัด", "OGL-TH", 2)
    assert elsewhere.server.asked[1][1]["If-None-Match"] == '"1"'


def test_table_that_cannot_be_fetched_leaves_what_there_was(elsewhere, origin_of, harvest):
    elsewhere.said = {"/t.csv": Said(b"a,b\n1,2\n")}
    origin = origin_of("table", "/t.csv", license="CC0-1.0")
    harvest(origin)
    elsewhere.said = {"/t.csv": Said(status=500)}

    run = harvest(origin)

    assert (counts(run), run.findings.get().left[0]["why"]) == ([1, 0, 0, 1, 0, 0], "status")
    assert Dataset.objects.get().versions.count() == 1


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (["https://creativecommons.org/licenses/by/4.0/deed.th"], "CC-BY-4.0"),
        (["http://creativecommons.org/licenses/by-sa/3.0/igo/"], "CC-BY-SA-3.0-IGO"),
        (["https://creativecommons.org/publicdomain/zero/1.0/"], "CC0-1.0"),
        (["https://creativecommons.org/licenses/by-nd/4.0/"], ""),
        (["cc-by", "https://creativecommons.org/licenses/by/2.0/"], ""),
        (["https://data.go.th/pages/dga-open-government-license"], "OGL-TH"),
        (["Creative Commons Attributions"], "CC-BY-4.0"),
        ([None, 5, "", "notspecified"], "CC0-1.0"),
        (["อื่นๆ"], ""),
    ],
)
def test_license_is_what_the_record_says_or_that_of_the_origin(said, expected):
    assert license_from(said, "CC0-1.0")[0] == expected


@pytest.mark.parametrize(
    ("value", "year"),
    [("2567", 2024), ("2024-01-01", 2024), (2024, 2024), ("20240101", None), ("x", None), (None, None), ("0", None)],
)
def test_year_is_read_in_either_calendar(value, year):
    assert year_of(value) == year


def test_texts_hold_nothing_that_a_program_would_read():
    assert text_of("  a\n\x00b <b>c</b> ") == "a b c"
    assert text_of(None) == ""
    assert notes_of("x < y และ a > b") == "x < y และ a > b"
    assert notes_of("<p>หนึ่ง</p><script>alert(1)</script><p>สอง</p>") == "หนึ่ง\nสอง"
    assert [
        web_address(text) for text in ("javascript:alert(1)", "https://a.example.org/x", "http://" + "a" * 600, 5)
    ] == [
        "",
        "https://a.example.org/x",
        "",
        "",
    ]
