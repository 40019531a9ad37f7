"""Whoever writes a text with headings, lists, tables and pictures: by keyboard, on a phone, with Word's leavings."""

import pytest
from playwright.sync_api import expect

from learningcity.pictures.actions import publish_picture
from tests.browser.steps import insist_on_accessibility, reach
from tests.factories.cities import make_city, make_role
from tests.factories.pictures import make_ready_picture

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("tests.browser.editor_page"),
]

AREA, TEXT = "#id_text", ".editor-text"


@pytest.fixture
def officer():
    return make_role(city=make_city(slug="khon-kaen")).user


def enter(page, live_server, officer, client, query=""):
    """Open the page of a form as the officer."""
    client.force_login(officer)
    page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )
    page.goto(f"{live_server.url}/writing/{query}")


def open_by_keyboard(page):
    reach(page, ".editor-switch")
    page.keyboard.press("Enter")
    page.wait_for_selector(f"{TEXT}:focus")


def tool(page, name):
    """Press a button of the toolbar without a mouse, from the text and back to it."""
    page.keyboard.press("Alt+F10")
    page.keyboard.press("Home")
    for _ in range(20):
        if page.evaluate("document.activeElement.dataset.tool") == name:
            page.keyboard.press("Enter")
            return
        page.keyboard.press("ArrowRight")
    raise AssertionError(f"{name} cannot be reached")


def test_a_heading_a_list_and_a_table_are_written_by_keyboard_alone(page, live_server, officer, client):
    enter(page, live_server, officer, client)
    open_by_keyboard(page)
    tool(page, "heading")
    page.keyboard.type("ห้องเรียน")
    page.keyboard.press("Enter")
    page.keyboard.type("- หนึ่ง")
    page.keyboard.press("Enter")
    page.keyboard.type("สอง")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    tool(page, "table")
    for words in ("ปี", "คน", "ที่", "2567"):
        page.keyboard.type(words)
        page.keyboard.press("Tab")
    tool(page, "columnRemove")
    tool(page, "rowRemove")
    tool(page, "rowAdd")

    assert page.input_value(AREA) == (
        "<h3>ห้องเรียน</h3><ul><li><p>หนึ่ง</p></li><li><p>สอง</p></li></ul>"
        "<table><tbody><tr><th><p>ปี</p></th><th><p>ที่</p></th></tr>"
        "<tr><td><p></p></td><td><p></p></td></tr><tr><td><p></p></td><td><p></p></td></tr></tbody></table>"
    )


def test_nobody_is_caught_in_a_table(page, live_server, officer, client):
    enter(page, live_server, officer, client)
    open_by_keyboard(page)
    tool(page, "table")
    for _ in range(9):
        page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.matches('.editor-switch')")


def test_what_is_written_is_sent_and_shown(page, live_server, officer, client):
    enter(page, live_server, officer, client)
    open_by_keyboard(page)
    page.keyboard.type("Read ")
    page.keyboard.press("Control+b")
    page.keyboard.type("this")
    page.keyboard.press("Control+b")
    tool(page, "link")
    page.keyboard.type("java:script")
    page.keyboard.press("Enter")
    expect(page.locator("#editor-link-error")).not_to_be_empty()
    insist_on_accessibility(page)
    page.keyboard.press("Control+a")
    page.keyboard.type("example.org/page")
    page.keyboard.press("Enter")
    page.wait_for_selector(f"{TEXT}:focus")
    reach(page, "main form .button.primary, main form .button:not(.editor-switch)")
    with page.expect_navigation():
        page.keyboard.press("Enter")

    assert page.inner_html("#sent") == (
        '<p>Read <strong>this</strong><a href="https://example.org/page" rel="nofollow ugc">example.org/page</a></p>'
    )


def test_plain_text_stays_plain_until_somebody_formats_it(page, live_server, officer, client):
    enter(page, live_server, officer, client, "?text=one%0Atwo")
    open_by_keyboard(page)
    page.keyboard.press("Control+End")
    page.keyboard.type(" three")

    assert page.input_value(AREA) == "one\ntwo three"
    tool(page, "strong")
    page.keyboard.type("!")
    assert page.input_value(AREA) == "<p>one</p><p>two three<strong>!</strong></p>"


def test_every_change_is_told_as_if_somebody_had_typed_in_the_text_area(page, live_server, officer, client):
    enter(page, live_server, officer, client)
    page.evaluate(
        "window.told = []; document.querySelector('main form').addEventListener('input', e => told.push(e.target.value))"
    )
    open_by_keyboard(page)
    page.keyboard.type("ab")

    assert page.evaluate("told") == ["a", "ab"]


def test_what_another_script_writes_into_the_text_area_appears(page, live_server, officer, client):
    enter(page, live_server, officer, client)
    open_by_keyboard(page)
    page.evaluate(
        "const area = document.querySelector('#id_text'); area.value = '<h3>ก</h3>';"
        "area.dispatchEvent(new Event('input', {bubbles: true}))"
    )

    assert page.inner_text(f"{TEXT} h3") == "ก"


def test_thai_comes_as_it_is_typed_key_by_key_and_through_an_input_method(page, live_server, officer, client):
    enter(page, live_server, officer, client)
    open_by_keyboard(page)
    page.keyboard.type("น้ำใจ ที่ปิ่น")
    keys = page.context.new_cdp_session(page)
    for words in ("ก", "กิ", "กิ่"):
        keys.send("Input.imeSetComposition", {"text": words, "selectionStart": len(words), "selectionEnd": len(words)})
    keys.send("Input.insertText", {"text": "กิ่งไม้"})

    assert page.input_value(AREA) == "น้ำใจ ที่ปิ่นกิ่งไม้"


def test_what_word_brings_along_is_left_out(page, live_server, officer, client):
    enter(page, live_server, officer, client)
    open_by_keyboard(page)
    page.evaluate(
        """html => {
            const clipboardData = new DataTransfer();
            clipboardData.setData('text/html', html);
            document.querySelector('.editor-text').dispatchEvent(
                new ClipboardEvent('paste', {clipboardData, bubbles: true, cancelable: true}))
        }""",
        "<html xmlns:o='urn:schemas-microsoft-com:office:office'><head><style>p.MsoNormal {margin:0}</style></head>"
        "<body lang=TH style='tab-interval:36.0pt'><!--StartFragment--><h1 style='mso-outline-level:1'>หัวข้อ<o:p></o:p></h1>"
        "<p class=MsoNormal style='margin:0cm' onclick='alert(1)'><b><span style='font-size:16.0pt;color:red'>ตัวหนา</span></b>"
        " <a href='javascript:alert(1)'>x</a><img src='file:///c:/a.png' onerror='alert(1)'></p>"
        "<table class=MsoTableGrid border=1 style='border-collapse:collapse'><tr style='height:1pt'><td width=100 style='a:b'>"
        "<p class=MsoNormal>1</p></td></tr></table><!--EndFragment--></body></html>",
    )

    assert page.input_value(AREA) == (
        "<h3>หัวข้อ</h3><p><strong>ตัวหนา</strong> x</p><table><tbody><tr><td><p>1</p></td></tr></tbody></table>"
    )


def test_a_picture_of_the_place_is_chosen_and_shown(page, live_server, officer, client):
    picture = publish_picture(make_ready_picture(place="khon-kaen", alt_th="ห้องสมุดประชาชน"))
    enter(page, live_server, officer, client)
    open_by_keyboard(page)
    page.keyboard.type("a")
    tool(page, "picture")
    page.wait_for_selector(".editor-pictures button:focus")
    insist_on_accessibility(page)
    page.keyboard.press("Enter")
    page.wait_for_selector(f"{TEXT} img")

    assert page.input_value(AREA) == f'<p>a</p><img data-picture="{picture.pk}">'
    with page.expect_navigation():
        page.click("main form .button:not(.editor-switch)")
    page.locator("#sent img").scroll_into_view_if_needed()
    page.wait_for_function("document.querySelector('#sent img').naturalWidth > 0")
    assert page.get_attribute("#sent img", "alt") == "ห้องสมุดประชาชน"


def test_text_that_is_formatted_opens_by_itself_and_can_be_seen_as_it_is_stored(page, live_server, officer, client):
    enter(page, live_server, officer, client, "?text=<h3>a</h3>")
    page.wait_for_selector(f"{TEXT} h3")
    page.click(".editor-switch")

    assert page.input_value(AREA) == "<h3>a</h3>"
    assert page.is_visible(AREA)
    page.click(".editor-switch")
    page.wait_for_selector(f"{TEXT} h3")


def bring(page, text):
    """Put a text into the area as a draft does that was kept in this browser."""
    page.eval_on_selector(
        AREA,
        "(area, text) => { area.value = text; area.dispatchEvent(new CustomEvent('learningcity:set', { bubbles: true })); }",
        text,
    )


def test_text_that_a_draft_brings_is_shown_where_the_editor_is_open(page, live_server, officer, client):
    enter(page, live_server, officer, client, "?text=<h3>a</h3>")
    page.wait_for_selector(f"{TEXT} h3")
    bring(page, "<h4>from the draft</h4>")

    expect(page.locator(f"{TEXT} h4")).to_have_text("from the draft")
    page.click(TEXT)
    page.keyboard.press("Control+End")
    page.keyboard.type("!")
    assert page.input_value(AREA) == "<h4>from the draft!</h4>"


def test_formatted_text_that_a_draft_brings_opens_the_editor(page, live_server, officer, client):
    enter(page, live_server, officer, client)
    bring(page, "<h4>from the draft</h4>")

    expect(page.locator(f"{TEXT} h4")).to_have_text("from the draft")


def test_label_leads_to_the_text(page, live_server, officer, client):
    enter(page, live_server, officer, client)
    open_by_keyboard(page)
    page.keyboard.press("Tab")
    page.click("label[for=id_text]")

    page.wait_for_selector(f"{TEXT}:focus")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_editor_on_a_phone_has_room_for_a_thumb_and_nothing_that_axe_finds(phone, live_server, officer, client, scheme):
    phone.emulate_media(color_scheme=scheme)
    enter(phone, live_server, officer, client, "?text=<h3>a</h3><table><tr><th>b<th>c</table><ul><li>d</ul>")
    phone.wait_for_selector(f"{TEXT} th")
    phone.click(f"{TEXT} th")
    phone.wait_for_selector("[data-tool=rowAdd]")

    insist_on_accessibility(phone)
    small = "[...document.querySelectorAll('.editor-tools button:not([hidden])')].filter(b => b.offsetHeight < 44 || b.offsetWidth < 44)"
    assert phone.evaluate(f"{small}.map(b => b.textContent)") == []
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360


def test_page_brings_the_editor_only_when_somebody_asks_for_it(page, live_server, officer, client):
    loaded = []
    page.on("response", lambda answer: loaded.append(answer.url.rsplit("/", 1)[-1]))
    enter(page, live_server, officer, client)
    page.wait_for_load_state("networkidle")
    early = [name for name in loaded if "prosemirror" in name or "editor-" in name]
    open_by_keyboard(page)

    assert early == []
    assert [name for name in loaded if name.startswith("prosemirror")] != []


def test_without_javascript_it_is_a_text_area(browser, live_server, officer, client):
    page = browser.new_context(java_script_enabled=False).new_page()
    enter(page, live_server, officer, client)
    page.fill(AREA, "<h3>a</h3><p onclick=alert(1)>b</p>")
    page.click("main form .button")

    assert page.inner_html("#sent") == "<h3>a</h3><p>b</p>"
    page.context.close()
