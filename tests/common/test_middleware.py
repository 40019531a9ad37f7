import pytest
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import translation

from learningcity.common import logs
from learningcity.common.middleware import LARGEST_REQUEST, language_from_path, refuse_unreadable, request_id
from tests.factories.cities import make_role


def answer(request):
    return HttpResponse(f"{translation.get_language()} {logs.request_id.get()}")


@pytest.mark.parametrize(
    ("path", "language"),
    [("/", "th"), ("/cities/", "th"), ("/en", "en"), ("/en/", "en"), ("/en/cities/", "en"), ("/enough/", "th")],
)
def test_language_from_path_reads_the_address_and_nothing_else(path, language):
    request = RequestFactory().get(path, headers={"Accept-Language": "fr"})

    response = language_from_path(answer)(request)

    assert response.content.decode().split() == [language]
    assert (response["Content-Language"], request.LANGUAGE_CODE) == (language, language)


def test_request_id_of_the_proxy_is_kept_when_it_is_harmless():
    response = request_id(answer)(RequestFactory().get("/", headers={"X-Request-ID": "abcd-1234"}))

    assert (response["X-Request-ID"], response.content.decode().split()[1]) == ("abcd-1234", "abcd-1234")


@pytest.mark.parametrize("given", ["short", "x" * 65, "with space", "<script>alert(1)</script>"])
def test_request_id_that_could_spoil_a_log_is_replaced(given):
    response = request_id(answer)(RequestFactory().get("/", headers={"X-Request-ID": given}))

    assert len(response["X-Request-ID"]) == 32
    assert logs.request_id.get() == ""


@pytest.mark.parametrize("query", ["q=%00", "q=a&%00=b", "q=%FF%FE", "q=" + "x" * 8_000])
def test_refuse_unreadable_answers_400_to_a_query_no_page_can_mean(query):
    with pytest.raises(BadRequest):
        refuse_unreadable(answer)(RequestFactory().get(f"/cities/?{query}"))


def test_refuse_unreadable_lets_thai_and_emoji_pass():
    response = refuse_unreadable(answer)(RequestFactory().get("/search/", {"q": "ขอนแก่น 🎉"}))

    assert response.status_code == 200


class Unread:
    """A body of which no byte may be read."""

    def read(self, *words):
        raise AssertionError("the body is read")

    readline = read


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/report/", "/account/login/", "/workspace/imports/new/facts/", "/nowhere/"])
def test_refuse_too_large_says_so_before_a_byte_is_read(client, path):
    answer = client.post(f"/en{path}", CONTENT_LENGTH=str(LARGEST_REQUEST + 1), **{"wsgi.input": Unread()})

    assert answer.status_code == 413
    assert "Files of up to 20 MB are taken in." in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("length", ["", "many", "-1", str(LARGEST_REQUEST)])
def test_refuse_too_large_leaves_all_else_to_the_pages(client, length):
    assert client.get("/en/", CONTENT_LENGTH=length).status_code == 200


@pytest.mark.django_db
def test_refuse_too_large_lets_officers_bring_large_files_where_data_are_brought(client):
    from learningcity.config.settings import LARGER_REQUESTS

    (limit,) = LARGER_REQUESTS.values()
    unread = {"wsgi.input": Unread()}
    stranger = client.post("/en/workspace/khon-kaen/data/", CONTENT_LENGTH=str(LARGEST_REQUEST + 1), **unread)
    client.force_login(make_role(kind="secretariat", city=None).user)
    said = [
        client.generic("GET", address, CONTENT_LENGTH=str(length))
        for address, length in (
            ("/en/workspace/khon-kaen/data/", limit),
            ("/en/workspace/khon-kaen/data/", limit + 1),
            ("/en/workspace/khon-kaen/data/describe/", limit),
        )
    ]

    assert stranger.status_code == 413
    assert [answer.status_code == 413 for answer in said] == [False, True, True]
    assert "of up to 1,500 MB" in said[1].content.decode()
    assert "of up to 20 MB" in said[2].content.decode()
