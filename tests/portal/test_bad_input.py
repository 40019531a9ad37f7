"""Nothing that a stranger sends breaks a page: every answer is clear, and in the language of the address."""

from urllib.parse import quote, urlencode

import pytest
from django.test import Client

from learningcity.search.actions import reindex_all
from tests.factories.awards import make_edition
from tests.factories.cities import make_city, make_membership, make_milestone, make_network, make_profile
from tests.factories.practices import make_figure, make_practice
from tests.factories.sources import make_source

pytestmark = pytest.mark.django_db

MAKERS = {"cities": make_city, "practices": make_practice, "awards": make_edition, "sources": make_source}
LISTS = [f"{kind}/" for kind in MAKERS]
WORDS = ["about/", "accessibility/", "privacy/", "changes.atom"]
PAGES = ["", *LISTS, *(f"{kind}one/" for kind in LISTS), "search/", "search/?q=one", *WORDS]
PREFIXES = {"th": "/", "en": "/en/"}
BROKEN_TEXT = ["%00", "one%00", "%FF", "%FF%FE", "%E0%B8", "%C0%AF", "%ED%A0%80"]

languages = pytest.mark.parametrize("language", PREFIXES)


@pytest.fixture(autouse=True)
def _one_of_each():
    city = make_city(slug="one")
    make_membership(city=city, network=make_network(slug="unesco-gnlc"))
    make_profile(city=city)
    make_milestone(city=city)
    make_figure(practice=make_practice(slug="one", city=city))
    make_edition(slug="one")
    make_source(slug="one")
    reindex_all()


def unclear(responses, language, *statuses):
    """Return the addresses whose answers have another status, or are no page of ours in this language."""
    return [
        (name, response.status_code)
        for name, response in responses
        if response.status_code not in statuses
        or response["Content-Language"] != language
        or (is_page(response) and f'<html lang="{language}"' not in response.content.decode())
        or "<script>alert" in response.content.decode()
    ]


def is_page(response):
    return response["Content-Type"].startswith("text/html") and response.status_code != 405


def ask_all(client, language, paths, **options):
    """Ask for each of these pages of one language, and return what was answered to each."""
    return [(path, client.get(PREFIXES[language] + path, **options)) for path in paths]


def with_query(pages, query):
    return [f"{page}{'&' if '?' in page else '?'}{query}" for page in pages]


@languages
def test_unknown_record_is_not_found(client, language):
    slugs = ["nowhere", "ไม่มี", "x'--", "9" * 500, "%2e%2e", "<b>", "<script>alert(1)", "x%0a"]

    answers = ask_all(client, language, [f"{kind}{slug}/" for kind in LISTS for slug in slugs])

    assert unclear(answers, language, 404) == []


@languages
@pytest.mark.parametrize("kind", MAKERS)
def test_id_of_another_kind_is_not_found(client, language, kind):
    others = [make(slug=f"of-{other}") for other, make in MAKERS.items() if other != kind]

    answers = ask_all(client, language, [f"{kind}/{name}/" for each in others for name in (each.slug, each.pk)])

    assert unclear(answers, language, 404) == []


@languages
@pytest.mark.parametrize("page", ["cities/", "practices/", "sources/", "search/?q=one", "sources/one/?kind=source"])
def test_page_that_a_list_does_not_have_is_not_found(client, language, page):
    numbers = ["1000000000", "0", "-1", "x", "1.5", "1e9", "๙๙", "²", "9" * 400, "<script>alert(1)"]

    answers = ask_all(client, language, [with_query([page], f"page={quote(number)}")[0] for number in numbers])

    assert unclear(answers, language, 404) == []


@languages
@pytest.mark.parametrize(
    "value", ["atlantis", "2567", "-1", "0", "9" * 300, "'; DROP TABLE", "<script>alert(1)</script>"]
)
def test_unknown_filters_are_answered_with_the_page(client, language, value):
    names = ["region", "kind", "stage", "since", "theme", "city", "sort", "q", "unheard_of"]

    answers = ask_all(client, language, with_query(["", *LISTS, "search/"], urlencode(dict.fromkeys(names, value))))

    assert unclear(answers, language, 200) == []


@languages
@pytest.mark.parametrize(
    ("page", "name"), [("cities", "region"), ("cities", "since"), ("practices", "theme"), ("sources", "kind")]
)
def test_unknown_filter_is_named_to_the_reader(client, language, page, name):
    response = client.get(f"{PREFIXES[language]}{page}/", {name: "atlantis"})

    assert list(response.context["form"].errors) == [name]
    assert response.content.decode().count('class="error"') == 1


@languages
def test_buddhist_year_in_place_of_a_christian_one_is_understood_or_explained(client, language):
    response = client.get(f"{PREFIXES[language]}cities/", {"since": "2567"})

    explained = response.context["form"].errors.get("since")
    assert response.status_code == 200
    assert explained or [city.slug for city in response.context["page"]] == ["one"]


@languages
def test_query_of_100_kilobytes_is_refused_in_words(client, language):
    answers = ask_all(client, language, with_query(PAGES, f"q={'a' * 100_000}"))

    assert unclear(answers, language, 400) == []


@languages
@pytest.mark.parametrize("broken", BROKEN_TEXT)
def test_query_that_is_not_text_is_refused_in_words(client, language, broken):
    some = ["", "cities/", "practices/one/", "search/", "changes.atom"]

    answers = ask_all(client, language, with_query(some, f"q={broken}") + with_query(some, f"{broken}=1"))

    assert unclear(answers, language, 400) == []


@languages
def test_path_that_is_not_text_is_refused_in_words(client, language):
    answers = ask_all(client, language, [f"{kind}{broken}/" for kind in LISTS for broken in BROKEN_TEXT])

    assert unclear(answers, language, 400, 404) == []


@languages
def test_headers_of_64_kilobytes_change_nothing(client, language):
    names = ["X-Anything", "Accept-Language", "Cookie", "If-None-Match", "HX-Target", "User-Agent", "Referer"]

    answers = ask_all(client, language, PAGES, headers=dict.fromkeys(names, "a=" + "b" * 65_536))

    assert unclear(answers, language, 200) == []


@languages
def test_post_without_a_token_is_refused_in_words(language):
    strict = Client(enforce_csrf_checks=True)

    answers = [(page, strict.post(PREFIXES[language] + page, {"a": "b"})) for page in PAGES]

    assert unclear(answers, language, 403) == []


@languages
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_method_that_no_page_has_is_refused(client, language, method):
    answers = [(page, getattr(client, method)(PREFIXES[language] + page)) for page in PAGES]

    assert unclear(answers, language, 405) == []


@languages
def test_page_can_be_asked_for_its_head_alone(client, language):
    answers = [client.head(PREFIXES[language] + page) for page in PAGES]

    assert {(response.status_code, response.content) for response in answers} == {(200, b"")}


def test_search_answers_whatever_is_typed(client):
    typed = ["ส" * 800, "ก่" * 400, "a" * 5000, "' OR 1=1 --", "%", "_", "\\", "&|!()<->:*", "🙂", "ํา" * 300]

    answers = ask_all(client, "th", [f"search/?{urlencode({'q': text})}" for text in typed])

    assert unclear(answers, "th", 200) == []
