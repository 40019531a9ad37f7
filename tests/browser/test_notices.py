"""What somebody does with notices: reads them, marks them, chooses mail, and ends mail from a link, without a mouse."""

import pytest

from learningcity.accounts.actions import open_account
from learningcity.accounts.models import User
from learningcity.notices import queries, registry
from tests.browser.steps import insist_on_accessibility, path_of, reach
from tests.factories.cities import make_city
from tests.factories.notices import KIND, make_notice

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TITLES = {"": "{} รอให้คุณตรวจข้อเสนอเรื่องวิสัยทัศน์", "/en": "{} waits for you to look at a proposal about its vision"}


@pytest.fixture
def reader(monkeypatch):
    text = registry.Text(
        title=lambda notice: notice.said["title"].format(notice.about.name),
        allowed=lambda user, notice: True,
        address=lambda notice: "/about/",
    )
    monkeypatch.setitem(registry.texts, KIND, text)
    return open_account(User(email="reader@example.org", name="ตัวอย่าง / Sample"), by=None)


@pytest.fixture(params=[("", "phone"), ("/en", "page")], ids=["Thai-phone", "English-wide"])
def visit(request, live_server, client, reader):
    """Open a page of the site as the reader, in one language and at one size, and insist on what holds for every page."""
    language, size = request.param
    page = request.getfixturevalue(size)
    client.force_login(reader)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    page.context.add_cookies([cookie])
    city = make_city(name_th="เมืองตัวอย่าง", name_en="Sample City")
    said = {"title": TITLES[language]}
    make_notice(recipient=reader, record=f"cities.City:{city.pk}", said=said)
    make_notice(recipient=reader, said=said, by=reader)

    def open_page(path):
        page.goto(f"{live_server.url}{language}{path}")
        insist_on_accessibility(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{path} is wider than the screen"
        return page

    return open_page


def press(page, selector):
    """Press a button by keyboard, and wait for what comes."""
    reach(page, selector)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_reader_opens_one_notice_and_marks_the_rest_by_keyboard(visit, live_server, reader):
    page = visit("/notices/")
    assert page.locator(".notices-list li").count() == 2

    press(page, "button[name=open]")
    assert path_of(page, live_server) == "/about/"
    assert queries.unread_count(reader) == 1

    visit("/notices/?show=unread")
    assert page.locator(".notices-list li").count() == 1
    press(page, "form[action$='/notices/read/'] button")
    assert queries.unread_count(reader) == 0
    insist_on_accessibility(page)
    visit("/notices/?show=unread")


def test_reader_chooses_the_daily_mail_and_later_none_from_a_link(visit, reader, complaints):
    page = visit("/notices/settings/")
    reach(page, "[name=how]:checked")
    page.keyboard.press("ArrowDown")
    press(page, "main .button.primary")
    assert queries.choice_of(reader) == "daily"
    insist_on_accessibility(page)

    page.context.clear_cookies()
    visit(f"/notices/unsubscribe/{queries.token_for(reader)}/")
    press(page, "main .button.primary")
    assert queries.choice_of(reader) == "none"
    insist_on_accessibility(page)
    visit("/notices/unsubscribe/forged/")
    assert [words.rpartition("status of ")[2] for words in complaints.words] == ["404 (Not Found)"]
    complaints.words.clear()
