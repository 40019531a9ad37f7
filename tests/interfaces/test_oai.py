"""OAI-PMH 2.0, verb by verb and error by error; every answer is held against the schemas of the protocol."""

import datetime as dt

import pytest
from django.core import signing
from django.utils import timezone

from learningcity.interfaces.forms.oai import SALT
from learningcity.interfaces.views import oai as view
from learningcity.moderation.models import Revision
from learningcity.opendata.models import Dataset
from tests.factories.opendata import make_dataset, make_version
from tests.factories.practices import make_practice
from tests.interfaces.oai import DC, OAI, ask, code, resources_in, texts, valid
from tests.interfaces.test_library import published
from tests.proofs import proves

pytestmark = [pytest.mark.django_db, proves("OAI-PMH 2.0", by="lxml")]
NEW_YEAR = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
HERE = "oai:localhost.localdomain:"


def make_dated(day, **changes):
    """Make a dataset that changed last on a day of January."""
    return make_dataset(changed_at=NEW_YEAR.replace(day=day, hour=12), **changes)


def name_of(dataset):
    return f"{HERE}dataset/{dataset.uid}"


def listed(client, **arguments):
    return texts(ask(client, "ListIdentifiers", metadataPrefix="oai_dc", **arguments), "identifier")


@pytest.mark.parametrize("method", ["get", "post"])
def test_identify_says_who_we_are(client, settings, method):
    settings.CONTACT_EMAIL = "data@example.org"
    make_dated(3)

    tree = ask(client, "Identify", method=method)

    said = {child.tag.removeprefix(OAI): child.text for child in tree.find(f"{OAI}Identify")}
    assert said == {
        "repositoryName": "Learning City Platform",
        "baseURL": "http://localhost:8000/oai",
        "protocolVersion": "2.0",
        "adminEmail": "data@example.org",
        "earliestDatestamp": "2026-01-03T12:00:00Z",
        "deletedRecord": "persistent",
        "granularity": "YYYY-MM-DDThh:mm:ssZ",
    }


def test_identify_is_valid_where_nothing_is_there_and_nobody_said_who_answers(client, settings):
    settings.CONTACT_EMAIL, settings.DEFAULT_FROM_EMAIL = "", "noreply@localhost"

    assert texts(ask(client, "Identify"), "adminEmail") == ["nobody@learningcity.invalid"]


def test_formats_and_sets_are_listed(client):
    dataset = make_dataset()

    assert texts(ask(client, "ListMetadataFormats"), "metadataPrefix") == ["oai_dc", "oai_datacite"]
    assert len(texts(ask(client, "ListMetadataFormats", identifier=name_of(dataset)), "metadataPrefix")) == 2
    assert texts(ask(client, "ListSets"), "setSpec")[:2] == ["dataset", "practice"]


def test_a_dataset_is_told_in_dublin_core(client):
    dataset = make_dated(2, title_en="Pupils", keywords_en=["school"], notes_en="A <b>\x0b & \uffff")
    make_version(dataset=dataset)
    Dataset.objects.update(changed_at=NEW_YEAR)

    tree = ask(client, "GetRecord", identifier=name_of(dataset), metadataPrefix="oai_dc")

    assert texts(tree, "datestamp") == ["2026-01-01T00:00:00Z"]
    assert texts(tree, "title", DC) == [dataset.title_th, "Pupils"]
    assert texts(tree, "subject", DC) == ["ตัวอย่าง", "school"]
    assert texts(tree, "description", DC) == ["คำอธิบาย", "A <b> &"]
    assert texts(tree, "rights", DC) == ["CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/"]
    assert texts(tree, "relation", DC) == [f"http://localhost:8000/data/{dataset.slug}/1/table.csv"]


def test_a_practice_is_told_in_dublin_core(client):
    practice = make_practice(title_en="360° Classroom")

    tree = ask(client, "GetRecord", identifier=f"{HERE}practice/{practice.pk}", metadataPrefix="oai_dc")

    assert "360° Classroom" in texts(tree, "title", DC)
    assert f"http://localhost:8000/practices/{practice.slug}/" in texts(tree, "identifier", DC)


def test_datacite_has_its_six_mandatory_properties_in_order(client):
    make_version(dataset=(dataset := make_dataset()))

    tree = ask(client, "GetRecord", identifier=name_of(dataset), metadataPrefix="oai_datacite")

    space = "{http://datacite.org/schema/kernel-4}"
    resource = next(tree.iter(f"{space}resource"))
    assert [child.tag.removeprefix(space) for child in resource][:6] == [
        "identifier",
        "creators",
        "titles",
        "publisher",
        "publicationYear",
        "resourceType",
    ]
    assert resource.find(f"{space}resourceType").get("resourceTypeGeneral") == "Dataset"


def test_every_kind_of_record_is_valid_datacite(client):
    make_version(dataset=make_dataset(keywords_en=["school"], notes_en="A\n<b>", first_year=2019), note_th="ใหม่")
    make_dataset(title_en="", notes_th="", notes_en="", keywords_th=[], license="notspecified")
    make_practice(title_en="360° Classroom")
    published()

    tree = ask(client, "ListRecords", metadataPrefix="oai_datacite")

    assert len(resources_in(tree)) == 4


def test_lists_are_in_the_order_of_changes_and_narrowed_by_date_and_set(client):
    third, first, second = make_dated(3), make_dated(1), make_dated(2)
    practice = f"{HERE}practice/{make_practice().pk}"

    assert listed(client) == [*map(name_of, (first, second, third)), practice]
    assert listed(client, set="practice") == [practice]
    assert listed(client, set="dataset", from_="2026-01-02") == [name_of(second), name_of(third)]
    assert listed(client, set="dataset", until="2026-01-02") == [name_of(first), name_of(second)]
    assert listed(client, set="dataset", from_="2026-01-02T12:00:00Z", until="2026-01-02T12:00:00Z") == [
        name_of(second)
    ]


def test_what_is_within_the_second_of_until_belongs_to_it(client):
    dataset = make_dataset(changed_at=NEW_YEAR.replace(microsecond=900_000))

    assert listed(client, until="2026-01-01T00:00:00Z") == [name_of(dataset)]


def test_a_withdrawn_dataset_stays_as_a_deleted_record(client):
    gone = make_dated(1, withdrawn_at=timezone.now(), reason_en="Gone.")
    hidden = make_version(dataset=make_dataset()).dataset
    Dataset.objects.filter(pk=hidden.pk).update(category="secret", changed_at=NEW_YEAR.replace(day=2))

    tree = ask(client, "ListRecords", metadataPrefix="oai_dc")

    headers = list(tree.iter(f"{OAI}header"))
    assert [header.get("status") for header in headers] == ["deleted", "deleted"]
    assert texts(tree, "identifier") == [name_of(gone), name_of(hidden)]
    assert list(tree.iter(f"{OAI}metadata")) == []
    assert code(ask(client, "GetRecord", identifier=name_of(gone), metadataPrefix="oai_dc")) == ""


def test_what_never_was_public_is_nowhere(client):
    secret = make_dataset(category="secret")

    assert code(ask(client, "ListRecords", metadataPrefix="oai_dc")) == "noRecordsMatch"
    assert code(ask(client, "GetRecord", identifier=name_of(secret), metadataPrefix="oai_dc")) == "idDoesNotExist"


def test_a_removed_practice_stays_as_a_deleted_record(client):
    practice = make_practice()
    key = str(practice.pk)
    Revision.objects.create(kind="practice", key=key, number=1, values={"title_th": "ก"}, at=NEW_YEAR)
    Revision.objects.create(kind="practice", key=key, number=2, values={}, at=NEW_YEAR.replace(day=9))
    practice.delete()

    tree = ask(client, "ListRecords", metadataPrefix="oai_dc", set="practice")

    assert [header.get("status") for header in tree.iter(f"{OAI}header")] == ["deleted"]
    assert texts(tree, "datestamp") == ["2026-01-09T00:00:00Z"]
    assert code(ask(client, "GetRecord", identifier=f"{HERE}practice/{key}", metadataPrefix="oai_dc")) == ""


def test_a_practice_is_dated_by_its_latest_revision(client):
    practice, _older = make_practice(), make_practice()
    later = NEW_YEAR.replace(year=2027)
    Revision.objects.create(kind="practice", key=str(practice.pk), number=1, values={"title_th": "ก"}, at=later)

    assert listed(client, set="practice", from_="2027-01-01") == [f"{HERE}practice/{practice.pk}"]


def test_a_list_in_pieces_goes_on_behind_what_was_sent(client, monkeypatch):
    monkeypatch.setattr(view, "TOGETHER", 2)
    datasets = [make_dated(day) for day in (1, 2, 3)]
    practice = make_practice()
    seen, cursors, arguments = [], [], {"metadataPrefix": "oai_dc"}

    while arguments:
        tree = ask(client, "ListRecords", **arguments)
        seen += texts(tree, "identifier")
        token = tree.find(f".//{OAI}resumptionToken")
        cursors.append(token.get("cursor"))
        # The first one changes meanwhile: it comes once more, and nothing is passed over.
        Dataset.objects.filter(pk=datasets[0].pk).update(changed_at=NEW_YEAR.replace(day=20))
        arguments = {"resumptionToken": token.text} if token.text else {}

    assert [one for one in seen if "dataset" in one] == [name_of(one) for one in (*datasets, datasets[0])]
    assert seen[-1] == f"{HERE}practice/{practice.pk}"
    assert cursors == ["0", "2", "4"]


def test_many_of_one_moment_are_sent_once_each(client, monkeypatch):
    monkeypatch.setattr(view, "TOGETHER", 2)
    wanted = {name_of(make_dated(1)) for _number in range(5)}
    seen, arguments = [], {"metadataPrefix": "oai_dc"}

    while arguments:
        tree = ask(client, "ListIdentifiers", **arguments)
        seen += texts(tree, "identifier")
        arguments = {"resumptionToken": text} if (text := tree.find(f".//{OAI}resumptionToken").text) else {}

    assert sorted(seen) == sorted(wanted)


RECORD = {"metadataPrefix": "oai_dc"}
BAD = {
    "badVerb": [{}, {"verb": "Nothing"}, {"verb": "identify"}, {"verb": ["Identify", "Identify"]}, {"verb": "\x0b"}],
    "badArgument": [
        {"verb": "Identify", "extra": "1"},
        {"verb": "Identify", "metadataPrefix": "oai_dc"},
        {"verb": "ListMetadataFormats", "metadataPrefix": "oai_dc"},
        {"verb": "ListSets", "set": "dataset"},
        {"verb": "GetRecord", "metadataPrefix": "oai_dc"},
        {"verb": "GetRecord", "identifier": "oai:x"},
        {"verb": "ListRecords"},
        {"verb": "ListRecords", "metadataPrefix": ["oai_dc", "oai_dc"]},
        {"verb": "ListRecords", "metadataPrefix": "o i"},
        {"verb": "ListRecords", "resumptionToken": "x", "metadataPrefix": "oai_dc"},
        *(
            {"verb": "ListRecords", **RECORD, **more}
            for more in (
                {"identifier": "oai:x"},
                {"set": "a b"},
                {"set": ""},
                {"from": "2026"},
                {"from": "2026-13-01"},
                {"from": "0000-01-01"},
                {"until": "2026-01-01T00:00:00"},
                {"until": "2026-01-01T00:00:00.000Z"},
                {"until": "๒๐๒๖-01-01"},
                {"from": "2026-01-01", "until": "2026-01-01T00:00:00Z"},
                {"from": "2026-01-02", "until": "2026-01-01"},
            )
        ),
    ],
    "cannotDisseminateFormat": [
        {"verb": "ListRecords", "metadataPrefix": "marc21"},
        {"verb": "GetRecord", "identifier": "oai:x", "metadataPrefix": "marc21"},
    ],
    "idDoesNotExist": [
        {"verb": verb, "identifier": identifier, **more}
        for verb, more in (("GetRecord", RECORD), ("ListMetadataFormats", {}))
        for identifier in (
            "oai:x",
            "ก ' \x0b<",
            "%zz",
            f"{HERE}dataset/1",
            f"{HERE}dataset/{'0' * 32}",
            f"{HERE}practice/-1",
            f"{HERE}practice/{'9' * 30}",
            f"{HERE}practice/๑",
            f"{HERE}practice/00",
            "practice/1",
        )
    ],
    "noRecordsMatch": [
        {"verb": "ListRecords", **RECORD, "set": "unknown"},
        {"verb": "ListRecords", **RECORD, "until": "2001-01-01"},
        {"verb": "ListIdentifiers", **RECORD, "from": "9999-12-31"},
        {"verb": "ListIdentifiers", **RECORD, "set": "practice", "until": "0001-01-01"},
    ],
    "badResumptionToken": [
        {"verb": "ListRecords", "resumptionToken": "nonsense"},
        {"verb": "ListRecords", "resumptionToken": "ก\x0b:a:b"},
        {"verb": "ListRecords", "resumptionToken": ""},
        {"verb": "ListRecords", "resumptionToken": signing.dumps("other", salt="another")},
        {"verb": "ListRecords", "resumptionToken": signing.dumps(["ListIdentifiers", {}, ["", "", "", 0]], salt=SALT)},
        {"verb": "ListSets", "resumptionToken": "x"},
        {
            "verb": "ListRecords",
            "resumptionToken": signing.dumps(
                ["ListRecords", RECORD, ["gone", "2026-01-01T00:00:00+00:00", "1", 200]], salt=SALT
            ),
        },
    ],
}


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(("wanted", "said"), [(wanted, said) for wanted, several in BAD.items() for said in several])
def test_errors_are_those_of_the_protocol(client, method, wanted, said):
    make_dated(1)

    tree = valid(getattr(client, method)("/oai", said))

    assert code(tree) == wanted
    assert bool(tree.find(f"{OAI}request").attrib) == (wanted not in ("badVerb", "badArgument"))


def test_an_argument_in_the_address_and_in_the_body_is_repeated(client):
    assert code(valid(client.post("/oai?verb=Identify", {"verb": "Identify"}))) == "badVerb"


def test_a_token_that_is_too_old_has_expired(client, monkeypatch):
    monkeypatch.setattr(view, "TOGETHER", 1)
    make_dated(1), make_dated(2)
    token = texts(ask(client, "ListRecords", metadataPrefix="oai_dc"), "resumptionToken")[0]
    monkeypatch.setattr(signing.time, "time", lambda now=signing.time.time: now() + 8 * 86_400)

    assert code(ask(client, "ListRecords", resumptionToken=token)) == "badResumptionToken"
