from urllib.parse import urlencode

import pytest
from django.conf import settings as site_settings
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.test import Client, RequestFactory
from django.urls import path
from django.utils.translation import override

from learningcity.portal.views import errors

REASONS = {
    "th": {"lang": 'lang="th"', "home": 'href="/"'},
    "en": {"lang": 'lang="en"', "home": 'href="/en/"'},
}


def broken(request):
    raise RuntimeError("secret detail")


def closed(request):
    raise PermissionDenied


def answers(request, language):
    """Return what each error view answers to this request."""
    with override(language):
        return {
            400: errors.bad_request(request, ValueError()),
            403: errors.permission_denied(request, PermissionDenied()),
            413: errors.bad_request(request, RequestDataTooBig()),
            404: errors.not_found(request, errors.NothingHere("")),
            429: errors.too_many_requests(request),
            500: errors.server_error(request),
        }


@pytest.mark.parametrize(("address", "language"), [("/x/", "th"), ("/en/x/", "en")])
def test_every_error_is_told_in_the_language_of_the_address_with_a_way_on(address, language):
    found = answers(RequestFactory().get(address), language)

    for status, response in found.items():
        page = response.content.decode()
        assert response.status_code == status
        assert REASONS[language]["lang"] in page
        assert REASONS[language]["home"] in page
        assert page.count("<h1") == 1


def test_not_found_tells_the_reason_that_a_page_of_ours_gives():
    response = errors.not_found(RequestFactory().get("/en/x/"), errors.NothingHere("This list has no page 9."))

    assert "This list has no page 9." in response.content.decode()


def test_not_found_keeps_technical_words_to_itself():
    response = errors.not_found(RequestFactory().get("/en/x/"), errors.Http404("No City matches the given query."))

    assert "matches the given query" not in response.content.decode()


def test_csrf_failure_says_that_nothing_was_saved():
    with override("en"):
        response = errors.csrf_failure(RequestFactory().post("/en/x/"), reason="Referer checking failed")

    assert response.status_code == 403
    assert "Nothing was saved." in response.content.decode()
    assert "Referer" not in response.content.decode()


def test_server_error_needs_no_database_and_says_nothing_of_the_cause(client, settings, monkeypatch):
    settings.ROOT_URLCONF = __name__
    client.raise_request_exception = False

    response = client.get("/broken/")

    assert response.status_code == 500
    assert "secret detail" not in response.content.decode()


def test_server_error_does_not_look_at_the_account():
    request = RequestFactory().get("/x/", headers={"Cookie": "sessionid=1"})

    assert errors.server_error(request).status_code == 500


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/report/", "/account/login/", "/en/report/", "/en/account/login/"])
@pytest.mark.parametrize("is_checked", [True, False])
def test_text_that_is_too_long_has_a_page_of_its_own(path, is_checked):
    # With the cookie, the form is read by the guard of forms, without the guard by the view.
    client = Client(enforce_csrf_checks=is_checked)
    client.cookies["csrftoken"] = "a" * 32
    content = {"text": "ก" * (site_settings.DATA_UPLOAD_MAX_MEMORY_SIZE // len("%E0%B8%81") + 1)}

    response = client.post(path, urlencode(content), content_type="application/x-www-form-urlencoded")

    assert response.status_code == 413
    assert response.templates[0].name == "413_text.html"
    assert f'lang="{"en" if path.startswith("/en/") else "th"}"' in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/report/", "/en/account/login/"])
def test_form_of_too_many_fields_has_a_page_of_its_own(client, path):
    response = client.post(path, {f"field_{number}": "x" for number in range(1001)})

    assert response.status_code == 400
    assert response.templates[0].name == "400_fields.html"


@pytest.mark.django_db
def test_address_of_too_many_fields_cannot_be_read(client):
    response = client.get("/en/cities/?" + "&".join(f"f{number}" for number in range(1001)))

    assert response.status_code == 400
    assert response.templates[0].name == "400.html"


urlpatterns = [path("broken/", broken), path("closed/", closed)]
handler500 = errors.server_error
