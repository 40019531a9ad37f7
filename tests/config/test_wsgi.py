import pytest
from django.test import RequestFactory

from learningcity.config.pagecache import FOR_EVERYBODY
from learningcity.config.wsgi import application


def get(path, **headers):
    environ = RequestFactory().get(path, **headers).environ
    environ.pop("HTTP_COOKIE", None)
    opening = {}
    body = application(environ, lambda status, fields, exc=None: opening.update(status=status, fields=dict(fields)))
    text = b"".join(body)
    getattr(body, "close", lambda: None)()
    return opening["status"], opening["fields"], text


@pytest.fixture(autouse=True)
def _empty_shelves():
    yield
    application.pages.clear()
    application.answers.clear()


@pytest.mark.django_db
def test_site_keeps_its_pages_with_their_safety_headers(client):
    made, kept = get("/robots.txt"), get("/robots.txt")
    different = {name for name in made[1] if made[1][name] != kept[1].get(name)}

    assert len(application.pages.pages) == 1
    assert (kept[0], kept[2], kept[1]["Cache-Control"]) == ("200 OK", made[2], FOR_EVERYBODY)
    assert kept[1]["Content-Security-Policy"] == client.get("/robots.txt")["Content-Security-Policy"]
    assert different == {"X-Request-ID"}


@pytest.mark.django_db
def test_site_keeps_no_answer_about_its_health():
    get("/readyz")

    assert len(application.pages.pages) == 0


@pytest.mark.django_db
def test_site_keeps_nothing_under_a_host_that_is_not_its_own():
    status, _, _ = get("/robots.txt", HTTP_HOST="elsewhere.example.org")

    assert status == "400 Bad Request"
    assert len(application.pages.pages) == 0
