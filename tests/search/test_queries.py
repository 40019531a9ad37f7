import pytest

from learningcity.search.actions import write
from learningcity.search.queries import KindCount, Results, search, suggest
from tests.factories.search import index_entries, make_entry

pytestmark = pytest.mark.django_db


def keys(text: str, **options) -> list[str]:
    return [hit.key for hit in search(text, language="th", **options).hits]


@pytest.fixture
def cities():
    index_entries(
        make_entry(
            key="khon-kaen",
            title_th="ขอนแก่น",
            title_en="Khon Kaen",
            aliases=("เทศบาลนครขอนแก่น", "ทน.ขอนแก่น", "Khonkaen"),
            body_th="เมืองแห่งการเรียนรู้ที่เป็นสมาชิกเครือข่ายของยูเนสโกตั้งแต่ปี ๒๕๖๗",
            body_en="A learning city, member of the UNESCO network since 2024.",
            city="khon-kaen",
        ),
        make_entry(
            key="chiang-mai",
            title_th="เชียงใหม่",
            title_en="Chiang Mai",
            body_th="นครแห่งวัฒนธรรมล้านนา เชื่อมโยงพื้นที่การเรียนรู้ของคนทุกวัย",
            city="chiang-mai",
        ),
        kind="place",
    )
    index_entries(
        make_entry(
            key="classroom",
            title_th="ห้องเรียน 360 องศา ขอนแก่น",
            title_en="360 Classroom",
            body_th="โรงเรียนสิบเอ็ดแห่งในขอนแก่นพานักเรียนออกไปเรียนรู้นอกห้อง",
            city="khon-kaen",
        ),
        kind="project",
    )


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("ขอนแก่น", "khon-kaen"),
        ("khon kaen", "khon-kaen"),
        ("Khonkaen", "khon-kaen"),
        ("เทศบาลนครขอนแก่น", "khon-kaen"),
        ("ทน.ขอนแก่น", "khon-kaen"),
        ("เชียงใหม่", "chiang-mai"),
        ("ล้านนา", "chiang-mai"),
        ("โรงเรียน", "classroom"),
        ("ห้องเรียน ๓๖๐ องศา", "classroom"),
        ("360 classrooms", "classroom"),
        ("2567", "khon-kaen"),
        ("๒๕๖๗", "khon-kaen"),
        ("2024", "khon-kaen"),
        ("UNESCO", "khon-kaen"),
        ("พื้นที่เรียนรู้", "chiang-mai"),
    ],
)
def test_search_finds_names_aliases_words_and_years_in_both_scripts(cities, text, first):
    assert keys(text)[0] == first


@pytest.mark.parametrize("typed", ["เชีย", "เชียงใ", "เชียงให", "เชียงใหม่", "chi", "chiang m"])
def test_search_finds_while_the_word_is_being_typed(cities, typed):
    assert keys(typed)[0] == "chiang-mai"


@pytest.mark.parametrize("typed", ["เเห่งวัฒนธรรม", "วัฒน\u200bธรรมล้านนา", "วัฒนธรรม\u00a0ล้านนา"])
def test_search_forgives_what_cannot_be_seen(cities, typed):
    assert keys(typed)[0] == "chiang-mai"


def test_search_prefers_rare_words_to_common_ones():
    index_entries(
        make_entry(key="common", body_th="เมือง เมือง เมือง เมือง เมือง"),
        make_entry(key="rare", body_th="เมืองริมป่าชายเลน"),
        *(make_entry(body_th="เมืองใหญ่") for _ in range(10)),
    )

    assert keys("เมืองป่าชายเลน")[0] == "rare"


def test_search_tells_words_apart_that_differ_in_their_last_letter():
    index_entries(make_entry(key="method", body_th="วิทยวิธีของครู"), make_entry(key="radio", body_th="วิทยุของครู"))

    assert keys("วิทยุ") == ["radio"]


def test_search_shows_the_readers_language_and_falls_back(cities):
    thai = search("เชียงใหม่", language="th").hits[0]
    english = search("เชียงใหม่", language="en").hits[0]

    assert (thai.title, thai.title_lang, thai.snippet_lang) == ("เชียงใหม่", "th", "th")
    assert (english.title, english.title_lang, english.snippet_lang) == ("Chiang Mai", "en", "th")


def test_search_marks_what_was_found(cities):
    hit = search("ล้านนา", language="th").hits[0]

    assert hit.snippet_html == "นครแห่งวัฒนธรรม<mark>ล้านนา</mark> เชื่อมโยงพื้นที่การเรียนรู้ของคนทุกวัย"


def test_search_by_kind_counts_the_other_kinds_too(cities):
    results = search("ขอนแก่น", language="th", kind="project")

    assert [hit.key for hit in results.hits] == ["classroom"]
    assert results.count == 1
    assert results.kinds == (KindCount("place", "place", 1), KindCount("project", "project", 1))


def test_search_by_city_leaves_out_the_others(cities):
    assert keys("เรียนรู้", city="chiang-mai") == ["chiang-mai"]
    assert keys("ขอนแก่น", city="no-such-city") == []


def test_search_pages_hold_everything_once_and_in_the_same_order():
    index_entries(*(make_entry(key=f"{number:02}", title_th="ป่าชายเลน") for number in range(23)))

    pages = [search("ป่าชายเลน", language="th", page=page) for page in (1, 2, 3)]

    assert [len(page.hits) for page in pages] == [10, 10, 3]
    assert [hit.key for page in pages for hit in page.hits] == [f"{number:02}" for number in range(23)]
    assert {(page.count, page.pages, page.is_at_least) for page in pages} == {(23, 3, False)}


@pytest.mark.parametrize(("asked", "given"), [(10**9, 1), (0, 1), (-5, 1)])
def test_search_beyond_the_last_page_is_the_last_page(cities, asked, given):
    results = search("ขอนแก่น", language="th", page=asked)

    assert (results.page, results.count) == (given, 2)


def test_search_that_finds_more_than_it_counts_says_so(monkeypatch):
    monkeypatch.setattr("learningcity.search.queries.MOST_FOUND", 2)
    index_entries(*(make_entry(title_th="ป่าชายเลน") for _ in range(3)))

    assert search("ป่าชายเลน", language="th").is_at_least is True


@pytest.mark.parametrize("text", ["", "   ", "?!", "\x00", "\ud800", "😀😀", "ๆ", "\u200b" * 50])
def test_search_for_nothing_finds_nothing(cities, text):
    assert search(text, language="th").hits == ()


def test_search_for_nothing_is_an_empty_answer(cities):
    assert search("\x00", language="th") == Results("")


@pytest.mark.parametrize(
    "text",
    [
        "ขอนแก่น\x00",
        "ขอนแก่น \ud800",
        "ขอนแก่น 😀",
        "<script>ขอนแก่น",
        "ขอนแก่น ' \" % _ \\ & | ! :* ()",
        "ขอนแก่น " * 15_000,
    ],
)
def test_search_answers_whatever_stands_around_the_word(cities, text):
    assert keys(text)[0] == "khon-kaen"


@pytest.mark.parametrize("text", ["ส" * 5000, "ชั้ลเครีย" + "ส" * 5000, "กขฃคฅฆงจฉช" * 10_000, "x" * 100_000, "9" * 5000])
def test_search_for_a_monstrous_word_finds_nothing(cities, text):
    assert search(text, language="th").count == 0


def test_search_asks_as_often_for_many_answers_as_for_one(cities, django_assert_num_queries):
    index_entries(*(make_entry(title_th="ป่าชายเลน") for _ in range(20)))

    with django_assert_num_queries(6):
        one = search("ล้านนา", language="th")
    with django_assert_num_queries(6):
        many = search("ป่าชายเลน", language="th")

    assert (one.count, many.count) == (1, 20)


def test_search_finds_a_document_before_its_words_are_counted(cities):
    write("place", [make_entry(key="yala", title_th="ยะลา", body_th="เมืองหน้าด่านพหุวัฒนธรรม")])

    assert keys("ยะลา")[0] == "yala"
    assert keys("พหุวัฒนธรรม")[0] == "yala"
    assert keys("ยะ")[0] == "yala"


def test_suggest_offers_names_in_the_readers_language(cities):
    first = suggest("เชียงใ", "en")[0]

    assert (first.title, first.lang, first.address, first.kind_label) == (
        "Chiang Mai",
        "en",
        "/notes/chiang-mai/",
        "place",
    )


def test_suggest_marks_what_is_being_typed(cities):
    assert suggest("เชียงใ", "th")[0].title_html == "<mark>เชียงใหม่</mark>"


def test_suggest_for_nothing_offers_nothing(cities):
    assert suggest(" ", "th") == ()


def test_search_for_a_word_of_nearly_all_documents_reads_a_part_of_them(monkeypatch):
    monkeypatch.setattr("learningcity.search.queries.ranking.MOST_ROWS", 20)
    monkeypatch.setattr("learningcity.search.queries.ranking.BEGINNING", 12)
    index_entries(*(make_entry(body_th="ป่าชายเลน") for _ in range(30)), make_entry(key="named", title_th="ป่าชายเลน"))

    results = search("ป่าชายเลน", language="th")

    assert (results.hits[0].key, results.count) == ("named", 13)
