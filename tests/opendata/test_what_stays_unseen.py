"""What was published while a dataset was not public, or of a dataset that never was, is at no address."""

import json

import pytest

from learningcity.opendata.enums import Category
from learningcity.opendata.queries import find_offer
from learningcity.opendata.queries.catalog import uid_in
from tests.factories.opendata import make_dataset, make_part, make_version

pytestmark = pytest.mark.django_db
SECRET = b"name\nsecret words\n"
CATALOGS = (
    "/api/v1/datasets/pupils/versions",
    "/api/3/action/package_show?id=pupils",
    "/data/pupils.ttl",
    "/data/pupils/croissant.json",
    "/data/pupils/latest/datapackage.json",
    "/en/data/pupils/",
)
OF_THE_FIRST = (
    "/data/pupils/1/table.csv",
    "/data/pupils/1/datapackage.json",
    "/data/pupils/1/datapackage.zip",
    "/en/data/pupils/1/",
    "/en/data/pupils/1/table/",
    "/en/data/pupils/1..2/",
    "/api/v1/datasets/pupils/versions/1",
    "/api/v1/datasets/pupils/versions/1/files",
    "/api/v1/datasets/pupils/tables?version=1",
    "/api/v1/datasets/pupils/tables/table?version=1",
)


@pytest.fixture
def opened():
    """A dataset of which the first version was for the office alone, and the second is for everybody."""
    dataset = make_dataset(slug="pupils", category=Category.PERSONAL)
    first = make_version(dataset=dataset, parts=[make_part(SECRET)], note_en="With the names")
    dataset.category = Category.PUBLIC
    dataset.save()
    make_version(dataset=dataset, parts=[make_part(b"name\nopen words\n")])
    return first


@pytest.mark.parametrize("address", OF_THE_FIRST)
def test_version_of_a_time_that_was_not_public_is_not_found(client, opened, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("address", CATALOGS)
def test_version_of_a_time_that_was_not_public_is_not_spoken_of(client, opened, address):
    answer = client.get(address)

    assert answer.status_code == 200
    said = answer.content.decode()
    assert "With the names" not in said
    assert "/data/pupils/1/" not in said
    assert str(opened.distributions.get().uid) not in said


def test_file_of_a_time_that_was_not_public_is_not_found_by_its_uid(client, opened):
    part = opened.distributions.get()

    assert find_offer(part.uid) is None
    assert find_offer(uid_in("json", part.uid)) is None
    asked = json.dumps({"resource_id": str(part.uid)})
    for action in ("resource_show", "datastore_search", "datastore_info"):
        answer = client.post(f"/api/3/action/{action}", asked.replace("resource_id", "id"), "application/json")
        assert answer.status_code == 404


def test_reason_for_which_something_never_public_was_withdrawn_is_not_told(client):
    dataset = make_dataset(slug="pupils", category=Category.SECRET)
    make_version(dataset=dataset)
    type(dataset).objects.update(withdrawn_at=dataset.created_at, reason_en="An inquiry")

    answers = [client.get(address) for address in ("/data/pupils/1/table.csv", "/data/pupils/latest/datapackage.json")]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert not any(b"inquiry" in answer.content for answer in answers)
