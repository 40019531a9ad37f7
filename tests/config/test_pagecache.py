import gzip

import brotli
import pytest
from django.db import DatabaseError
from django.http import HttpResponse
from django.test import RequestFactory

from learningcity.config import pagecache
from learningcity.config.pagecache import FOR_EVERYBODY, FOR_NOBODY, FOR_ONE_PERSON, PageCache, cache_headers

TEXT = "เมืองแห่งการเรียนรู้ " * 200


class Body(list):
    """What Django hands over: an iterable with an end."""

    streaming = False

    def close(self):
        pass


class Site:
    """A site that counts how often it is asked."""

    def __init__(self, **headers):
        self.headers = {"Content-Type": "text/html; charset=utf-8", "Cache-Control": FOR_EVERYBODY, **headers}
        self.status = 200
        self.asked = 0

    def __call__(self, environ, start_response):
        self.asked += 1
        start_response(f"{self.status} Whatever", list(self.headers.items()))
        return Body([f"{self.asked} {TEXT}".encode()])


class Visitor:
    """A visitor of the site behind its page cache."""

    def __init__(self, site):
        self.cache = PageCache(site)

    def get(self, path="/", **headers):
        environ = RequestFactory().get(path).environ | {
            f"HTTP_{name.upper()}": value for name, value in headers.items() if name != "method"
        }
        environ["REQUEST_METHOD"] = headers.get("method", "GET")
        environ.pop("HTTP_COOKIE", None) if "cookie" not in headers else None
        opening = {}
        body = self.cache(environ, lambda status, fields, exc=None: opening.update(status=status, fields=dict(fields)))
        return Answer(opening["status"], opening["fields"], b"".join(body))


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = int(status.split()[0]), headers, body

    @property
    def number(self):
        """How often the site had been asked when this page was made."""
        return self.body.split()[0].decode()


@pytest.fixture
def version(monkeypatch):
    """The version of all content, and no waiting between two looks at it."""
    versions = {"now": 1}
    monkeypatch.setattr(pagecache, "content_version", lambda: versions["now"])
    monkeypatch.setattr(pagecache, "close_old_connections", lambda: None)
    return versions


@pytest.fixture
def look_always(version, monkeypatch):
    """Let the cache look at the version for every page, where on the site a second passes between two looks."""
    monkeypatch.setattr(pagecache, "PAUSE", 0)


@pytest.fixture
def visitor(version):
    return Visitor(Site())


def test_page_is_made_once(visitor):
    assert [visitor.get().number for _ in range(3)] == ["1", "1", "1"]


@pytest.mark.parametrize(
    "other",
    [
        {"path": "/en/"},
        {"path": "/?page=2"},
        {"host": "other.example.org"},
        {"x_forwarded_proto": "https"},
        {"hx_request": "true"},
        {"hx_request": "true", "hx_target": "rows"},
    ],
)
def test_pages_that_differ_are_kept_apart(visitor, other):
    assert [visitor.get(**what).number for what in ({}, other, {}, other)] == ["1", "2", "1", "2"]


@pytest.mark.parametrize(
    "cookie", ["sessionid=abc", "a=b; csrftoken=abc", "messages=abc", "sessionid =abc", "a=b; messages\t= abc"]
)
def test_page_is_made_anew_for_a_visitor_with_a_cookie_of_ours(visitor, cookie):
    assert [visitor.get(cookie=cookie).number for _ in range(2)] == ["1", "2"]


def test_page_is_kept_for_a_visitor_with_a_foreign_cookie(visitor):
    assert [visitor.get(cookie="theme=dark").number for _ in range(2)] == ["1", "1"]


@pytest.mark.parametrize(
    "headers",
    [
        {"Cache-Control": "no-store"},
        {"Cache-Control": FOR_ONE_PERSON},
        {"Set-Cookie": "sessionid=abc"},
        {"Vary": "Cookie, Accept"},
        {"Content-Encoding": "gzip"},
    ],
)
def test_answer_that_is_not_for_everybody_is_not_kept(version, headers):
    visitor = Visitor(Site(**headers))

    assert [visitor.get().number for _ in range(2)] == ["1", "2"]


def test_answer_other_than_200_is_not_kept(version):
    site = Site()
    site.status = 404
    visitor = Visitor(site)

    assert [visitor.get().number for _ in range(2)] == ["1", "2"]


def test_pages_are_made_anew_after_a_change(visitor, version, look_always):
    before = visitor.get().number
    version["now"] = 2

    assert (before, visitor.get().number) == ("1", "2")


def test_version_is_looked_at_once_a_second(visitor, version, monkeypatch):
    looks = []
    monkeypatch.setattr(pagecache, "content_version", lambda: looks.append(1) or 1)
    for _ in range(50):
        visitor.get()

    assert len(looks) == 1


def test_page_made_while_something_changed_is_not_kept(version, look_always):
    site = Site()
    visitor = Visitor(site)
    visitor.get()

    def change(environ, start_response):
        visitor.cache.version = 99
        return site(environ, start_response)

    visitor.cache.application = change
    assert [visitor.get("/en/").number for _ in range(2)] == ["2", "3"]


def test_pages_outlive_the_database(visitor, look_always, monkeypatch):
    visitor.get()

    def fail():
        raise DatabaseError("gone")

    monkeypatch.setattr(pagecache, "content_version", fail)
    assert visitor.get().number == "1"


def test_page_is_made_anew_after_ten_minutes(visitor, monkeypatch):
    visitor.get()
    monkeypatch.setattr(pagecache, "LONGEST_LIFE", -1)

    assert visitor.get().number == "2"


def test_unchanged_page_is_answered_with_304_and_no_body(visitor):
    etag = visitor.get().headers["ETag"]
    again = visitor.get(if_none_match=etag)

    assert (again.status, again.body, again.headers["ETag"]) == (304, b"", etag)
    assert again.headers["Cache-Control"] == FOR_EVERYBODY


def test_unchanged_answer_for_programs_of_other_sites_may_be_read_by_them(version):
    visitor = Visitor(Site(**{"Access-Control-Allow-Origin": "*"}))

    again = visitor.get(if_none_match=visitor.get().headers["ETag"])

    assert (again.status, again.headers["Access-Control-Allow-Origin"]) == (304, "*")


def test_changed_page_is_answered_in_full(visitor):
    assert visitor.get(if_none_match='W/"other"').status == 200


@pytest.mark.parametrize(
    ("accepted", "encoding", "decode"),
    [
        ("gzip, deflate, br", "br", brotli.decompress),
        ("gzip", "gzip", gzip.decompress),
        ("br;q=0, gzip;q=0.5", "gzip", gzip.decompress),
        ("identity", None, bytes),
        ("", None, bytes),
    ],
)
def test_page_is_compressed_as_the_visitor_reads_it(visitor, accepted, encoding, decode):
    answer = visitor.get(accept_encoding=accepted)

    assert answer.headers.get("Content-Encoding") == encoding
    assert decode(answer.body).decode() == f"1 {TEXT}"
    assert answer.headers["Content-Length"] == str(len(answer.body))
    assert answer.headers["Vary"] == "Accept-Encoding"


def test_head_is_answered_like_get_without_a_body(visitor):
    full = visitor.get()
    head = visitor.get(method="HEAD")

    assert (head.body, head.headers["Content-Length"]) == (b"", full.headers["Content-Length"])


def test_every_answer_has_a_request_id_of_its_own(version):
    visitor = Visitor(Site(**{"X-Request-ID": "of-the-first"}))
    identifiers = [visitor.get().headers["X-Request-ID"] for _ in range(3)]

    assert identifiers[0] == "of-the-first"
    assert len(set(identifiers)) == 3


def test_safety_headers_stay_on_kept_pages(version):
    visitor = Visitor(Site(**{"Content-Security-Policy": "default-src 'self'", "X-Frame-Options": "DENY"}))
    visitor.get()
    kept = visitor.get().headers

    assert (kept["Content-Security-Policy"], kept["X-Frame-Options"]) == ("default-src 'self'", "DENY")


def test_endless_searches_do_not_push_out_the_pages(version, settings):
    settings.PAGE_CACHE_ENTRIES = 8
    visitor = Visitor(Site())
    visitor.get("/")
    for number in range(20):
        visitor.get(f"/search/?q={number}")

    assert visitor.get("/").number == "1"
    assert len(visitor.cache.answers.pages) == 2


@pytest.mark.parametrize("header", ["hx_target", "hx_boosted", "x_forwarded_proto"])
def test_endless_values_of_a_header_do_not_push_out_the_pages(version, settings, header):
    settings.PAGE_CACHE_ENTRIES = 8
    visitor = Visitor(Site())
    visitor.get("/")
    for number in range(20):
        visitor.get("/", **{header: str(number)})

    assert visitor.get("/").number == "1"


def test_page_with_an_overlong_key_is_not_kept(visitor):
    assert [visitor.get(hx_target="x" * 60_000).number for _ in range(2)] == ["1", "2"]


def test_overlong_query_is_not_kept(visitor):
    long = "/search/?q=" + "x" * 400

    assert [visitor.get(long).number for _ in range(2)] == ["1", "2"]


def headers_of(response, **extra):
    request = RequestFactory().get("/", **extra)
    return cache_headers(lambda _: response)(request)


def test_cache_headers_let_everybody_keep_a_page():
    response = headers_of(HttpResponse())

    assert (response["Cache-Control"], response["Vary"]) == (
        FOR_EVERYBODY,
        "Cookie, HX-Request, HX-History-Restore-Request",
    )


@pytest.mark.parametrize("cookie", ["sessionid=abc", "sessionid =abc", "sessionid\xa0=abc"])
def test_cache_headers_let_nobody_keep_a_page_of_one_person(cookie):
    assert headers_of(HttpResponse(), HTTP_COOKIE=cookie)["Cache-Control"] == FOR_ONE_PERSON


def test_cache_headers_let_nobody_keep_a_page_that_sets_a_cookie():
    response = HttpResponse()
    response.set_cookie("csrftoken", "abc")

    assert headers_of(response)["Cache-Control"] == FOR_NOBODY


def test_cache_headers_let_nobody_keep_a_cookie_whatever_the_view_says():
    response = HttpResponse(headers={"Cache-Control": "public, max-age=31536000, immutable"})
    response.delete_cookie("sessionid")

    assert headers_of(response)["Cache-Control"] == FOR_ONE_PERSON


def test_cache_headers_let_nobody_keep_a_refusal():
    assert headers_of(HttpResponse(status=404))["Cache-Control"] == FOR_NOBODY


def test_cache_headers_leave_the_word_to_the_view():
    assert headers_of(HttpResponse(headers={"Cache-Control": "no-store"}))["Cache-Control"] == "no-store"


@pytest.mark.parametrize("before", ['W/"other", ', ""])
@pytest.mark.parametrize("weak", ["W/", ""])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_who_has_the_page_is_told_so_however_the_mark_comes_back(visitor, before, weak, method):
    etag = visitor.get().headers["ETag"]
    again = visitor.get(if_none_match=before + weak + etag.removeprefix("W/"), method=method)

    assert (again.status, again.body, again.headers["ETag"]) == (304, b"", etag)


def test_any_page_will_do_for_who_asks_only_whether_there_is_one(visitor):
    assert visitor.get(if_none_match="*").status == 304
    assert visitor.get(if_none_match='"other"').status == 200


def test_a_head_has_the_mark_of_its_page_also_where_nobody_asked_for_the_page(version):
    site = Site()
    head = Visitor(site).get(method="HEAD")
    site.asked = 0
    page = Visitor(site).get()

    assert (head.status, head.body, head.headers) == (200, b"", page.headers)


def test_a_page_whose_head_alone_was_asked_for_is_not_kept(visitor):
    visitor.get(method="HEAD")

    assert [visitor.get().number for _ in range(2)] == ["2", "2"]


class HeadOnly(Site):
    """A site that makes nothing of a page whose head alone is asked for."""

    def __call__(self, environ, start_response):
        start_response("200 OK", list(self.headers.items()))
        return Body()


def test_a_head_without_a_page_is_handed_on_as_it_is(version):
    site = HeadOnly()

    assert Visitor(site).get(method="HEAD").headers == site.headers


def test_an_answer_with_a_mark_of_its_own_is_the_business_of_who_made_it(version):
    visitor = Visitor(Site(ETag='"mark"'))

    assert [visitor.get().number for _ in range(2)] == ["1", "2"]
    assert visitor.get().headers["ETag"] == '"mark"'
