"""The pages of a CKAN site lead to ours."""

import pytest

pytestmark = pytest.mark.django_db


def test_pages_lead_to_those_that_are_them_here(client, table, resource):
    place, uid = table.dataset.place, table.dataset.uid
    leads = {
        "/dataset": "/data/",
        "/organization/": "/data/",
        "/dataset/pupils": "/data/pupils/",
        f"/dataset/{uid}/": "/data/pupils/",
        f"/dataset/pupils/resource/{resource}": "/data/pupils/1/pupils.csv",
        f"/organization/{place}": f"/data/?place={place}",
        "/group/records": "/data/?data_type=records",
    }

    assert {path: client.get(path).get("Location") for path in leads} == leads


@pytest.mark.parametrize(
    "path", ["/dataset/no", "/dataset/no/resource/no", "/organization/no", "/group/no", "/dataset/a'b"]
)
def test_what_is_not_here_leads_nowhere(client, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(("path", "said"), [("/api/3", "version"), ("/api/3/", "version"), ("/api/v1", "lists")])
def test_roots_answer_with_and_without_a_slash(client, path, said):
    answer = client.get(path)

    assert (answer.status_code, said in answer.json(), answer["Access-Control-Allow-Origin"]) == (200, True, "*")
