import datetime as dt

import pytest
from django.core import signing
from django.test import Client
from django.utils import timezone

from learningcity.accounts.exports import as_json, data_about
from learningcity.audit.models import Entry
from learningcity.notices import queries
from learningcity.notices.models import Notice, Preference
from tests.factories.accounts import make_user
from tests.factories.cities import make_city
from tests.factories.notices import KIND, make_letter, make_notice

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(client):
    user = make_user()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return user


def titles(response):
    return [line.title for line in response.context["lines"]]


def one_click(token, language=""):
    """Return the answer to what a mail program sends: no cookie, no token against forgery."""
    program = Client(enforce_csrf_checks=True)
    return program.post(f"{language}/notices/unsubscribe/{token}/", {"List-Unsubscribe": "One-Click"})


# --- The list ---------------------------------------------------------------------------------------------------------


def test_list_shows_the_newest_first_in_words(client, reader):
    city = make_city(name_en="Second")
    make_notice(recipient=reader, record=f"cities.City:{make_city(name_en='First').pk}", read_at=timezone.now())
    make_notice(recipient=reader, record=f"cities.City:{city.pk}", by=make_user(name="Sample Author"))
    make_notice()

    response = client.get("/en/notices/")

    page = response.content.decode()
    assert titles(response) == ["Second asks", "First asks"]
    assert [page.count(word) for word in ("Unread ·", "Read ·", "Sample Author")] == [1, 1, 1]
    assert f'<a href="/cities/{city.slug}/">' not in page
    assert '<meta name="robots" content="noindex">' in page


def test_pages_lead_back_to_the_desk(client, reader):
    for page in ("/en/notices/", "/en/notices/settings/"):
        assert '<li><a href="/en/workspace/">Workspace</a></li>' in client.get(page).content.decode()
    assert '<li><a href="/en/notices/">Notices</a></li>' in client.get("/en/notices/settings/").content.decode()


def test_list_of_unread_ones_leaves_the_others_out(client, reader):
    make_notice(recipient=reader, read_at=timezone.now())
    unread = make_notice(recipient=reader)

    response = client.get("/en/notices/?show=unread")

    assert [line.notice for line in response.context["lines"]] == [unread]


def test_list_hides_what_its_reader_may_no_longer_see(client, reader, may_not):
    notice = make_notice(recipient=reader)
    may_not.add(reader.pk)

    response = client.get("/en/notices/")
    opened = client.post(f"/en/notices/{notice.pk}/read/", {"open": "1"})

    assert (titles(response), queries.unread_count(reader)) == ([], 0)
    assert opened.headers["Location"] == "/en/notices/"


@pytest.mark.parametrize(("query", "words"), [("", "No notices yet"), ("?show=unread", "Everything is read")])
def test_empty_list_says_what_it_is_for(client, reader, query, words):
    assert words in client.get(f"/en/notices/{query}").content.decode()


def test_older_notices_follow_without_gap_or_repetition(client, reader):
    record, past = f"cities.City:{make_city().pk}", timezone.now()
    told = [make_notice(recipient=reader, record=record, read_at=past).pk for _ in range(60)]

    address, found = "/en/notices/", []
    while address:
        response = client.get(address)
        found += [line.notice.pk for line in response.context["lines"]]
        before = response.context["before"]
        address = f"/en/notices/?before={before}" if before else ""

    assert found == told[::-1]


@pytest.mark.parametrize("value", ["x", "-1", "9" * 30, "๑๒", "1%00"])
def test_list_ignores_an_unreadable_beginning(client, reader, value):
    make_notice(recipient=reader)

    assert client.get(f"/en/notices/?before={value}").status_code in {200, 400}


def test_list_asks_as_often_for_one_for_three_and_for_a_thousand(client, reader, django_assert_num_queries):
    make_notice(recipient=reader)
    client.get("/en/notices/")

    # Session, account, whether its roles ask for a second factor, notices, and their cities.
    with django_assert_num_queries(7):
        client.get("/en/notices/")
    for _ in range(2):
        make_notice(recipient=reader, by=make_user())
    with django_assert_num_queries(7):
        client.get("/en/notices/")
    past = timezone.now()
    same = {"kind": KIND, "record": f"cities.City:{make_city().pk}", "read_at": past, "settled_at": past}
    Notice.objects.bulk_create(Notice(recipient=reader, **same) for _ in range(1000))
    with django_assert_num_queries(7):
        client.get("/en/notices/")


# --- Reading ----------------------------------------------------------------------------------------------------------


def test_open_marks_as_read_and_leads_there(client, reader):
    city = make_city()
    notice = make_notice(recipient=reader, record=f"cities.City:{city.pk}")

    response = client.post(f"/en/notices/{notice.pk}/read/", {"open": "1"})

    assert response.headers["Location"] == f"/cities/{city.slug}/"
    assert Notice.objects.get().read_at is not None


def test_mark_as_read_leads_back_to_the_list(client, reader):
    notice = make_notice(recipient=reader)

    response = client.post(f"/en/notices/{notice.pk}/read/")

    assert response.headers["Location"] == "/en/notices/"
    assert Notice.objects.get().read_at is not None


def test_following_a_link_marks_nothing(client, reader):
    notice = make_notice(recipient=reader)

    answers = [client.get(f"/en/notices/{notice.pk}/read/"), client.get("/en/notices/read/")]

    assert [answer.status_code for answer in answers] == [405, 405]
    assert Notice.objects.get().read_at is None


def test_notice_of_somebody_else_does_not_exist(client, reader):
    notice = make_notice()

    assert client.post(f"/en/notices/{notice.pk}/read/").status_code == 404
    assert Notice.objects.get().read_at is None


def test_mark_all_as_read_leaves_what_came_after_the_page_was_made(client, reader):
    seen = make_notice(recipient=reader)
    page = client.get("/en/notices/")
    fresh = make_notice(recipient=reader, created_at=timezone.now() + dt.timedelta(seconds=1))
    until = page.content.decode().partition('name="until" value="')[2].partition('"')[0]

    response = client.post("/en/notices/read/", {"until": until})

    assert response.headers["Location"] == "/en/notices/"
    assert list(queries.unread_notices_of(reader)) == [fresh] != [seen]


def test_mark_all_as_read_until_nonsense_marks_nothing(client, reader):
    make_notice(recipient=reader)

    response = client.post("/en/notices/read/", {"until": "the day after tomorrow"})

    assert (response.status_code, queries.unread_count(reader)) == (302, 1)


# --- How to be told ---------------------------------------------------------------------------------------------------


def test_settings_show_and_keep_the_choice(client, reader):
    before = client.get("/en/notices/settings/").context["form"]["how"].value()

    response = client.post("/en/notices/settings/", {"how": "daily"})

    assert (before, response.headers["Location"]) == ("instant", "/en/notices/settings/")
    assert client.get("/en/notices/settings/").context["form"]["how"].value() == "daily"


def test_settings_refuse_what_is_not_offered(client, reader):
    response = client.post("/en/notices/settings/", {"how": "weekly"})

    assert (response.status_code, Preference.objects.count()) == (400, 0)


def test_settings_can_be_changed_twenty_times_an_hour(client, reader):
    answers = [client.post("/en/notices/settings/", {"how": "none"}).status_code for _ in range(21)]

    assert answers == [302] * 20 + [429]


def test_account_page_has_a_door_to_notices(client, reader):
    assert "/en/notices/" in [door.address for door in client.get("/en/account/").context["doors"]]


def test_download_holds_notices_and_choice_and_keeps_letters_back(reader):
    make_notice(recipient=reader)
    make_letter(owner=reader, text="The way in")
    Preference.objects.create(user=reader, how="daily")

    found = data_about(reader)

    assert set(found) == {"accounts.User", "notices.Notice", "notices.Letter", "notices.Preference"}
    assert "The way in" not in as_json(found).decode()


# --- No more mail -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["", "/en"])
def test_unsubscribe_by_one_click_needs_neither_session_nor_cookie(language):
    user = make_user()

    response = one_click(queries.token_for(user), language)

    assert (response.status_code, queries.choice_of(user)) == (200, "none")
    assert dict(response.cookies) == {}
    assert response.headers["Cache-Control"] == "private, no-store"


def test_unsubscribe_page_has_one_button_and_changes_nothing(client):
    user = make_user()

    response = client.get(f"/en/notices/unsubscribe/{queries.token_for(user)}/")

    page = response.content.decode()
    assert (response.status_code, page.count('<form method="post">')) == (200, 1)
    assert response.headers["Cache-Control"] == "private, no-store"
    assert (queries.choice_of(user), user.email in page, Entry.objects.count()) == ("instant", False, 0)


def test_unsubscribe_twice_is_answered_alike():
    token = queries.token_for(make_user())

    assert [one_click(token).status_code, one_click(token).status_code] == [200, 200]


def altered(token):
    return token[:-1] + ("A" if token[-1] != "A" else "B")


@pytest.mark.parametrize("token", ["1", "a:b:c", "ๆ", "x" * 3000])
@pytest.mark.parametrize("ask", [one_click, lambda token: Client().get(f"/en/notices/unsubscribe/{token}/")])
def test_unsubscribe_with_nonsense_says_so(ask, token):
    assert (ask(token).status_code, Preference.objects.count()) == (404, 0)


def test_unsubscribe_with_a_forged_token_says_so():
    user = make_user()
    forged = [
        altered(queries.token_for(user)),
        signing.dumps(user.pk),
        signing.dumps(user.pk, key="x", salt=queries.SALT),
    ]

    answers = [one_click(token, "/en") for token in forged]

    assert [answer.status_code for answer in answers] == [404] * 3
    assert "This address no longer works" in answers[0].content.decode()
    assert queries.choice_of(user) == "instant"


def test_unsubscribe_with_an_old_token_says_so(monkeypatch):
    user = make_user()
    token = queries.token_for(user)
    monkeypatch.setattr(queries, "LIFE_OF_TOKEN", -1)

    assert one_click(token).status_code == 404
    assert queries.choice_of(user) == "instant"


def test_unsubscribe_survives_a_new_key_of_the_site(settings):
    user = make_user()
    settings.SECRET_KEY = "the old one"
    token = queries.token_for(user)

    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "the new one", ["the old one"]

    assert one_click(token).status_code == 200
