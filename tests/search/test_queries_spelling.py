import pytest

from learningcity.search.queries import search
from tests.factories.search import index_entries, make_entry

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _documents():
    index_entries(
        make_entry(title_th="เชียงใหม่", title_en="Chiang Mai", body_en="Museums and lifelong learning"),
        make_entry(title_th="ขอนแก่น", body_th="โรงเรียนและพิพิธภัณฑ์ของกรุงเทพ"),
    )


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("เชียงไหม่", "เชียงใหม่"),
        ("โรงเรัยน", "โรงเรียน"),
        ("พิพิทภัณฑ์", "พิพิธภัณฑ์"),
        ("กรุงเทบ", "กรุงเทพ"),
        ("ขอนแกน", "ขอนแก่น"),
        ("learing", "learning"),
        ("โรงเรัยน ขอนแก่น", "โรงเรียน ขอนแก่น"),
    ],
)
def test_did_you_mean_knows_what_was_meant(typed, meant):
    assert search(typed, language="th").did_you_mean == meant


@pytest.mark.parametrize("typed", ["เชียงใหม่", "โรงเรียน", "เชียงใ", "learn", "museums", "2567", "ซซซซ", "qqqq", "ก"])
def test_did_you_mean_keeps_silent_about_the_known_and_the_hopeless(typed):
    assert search(typed, language="th").did_you_mean == ""


def test_did_you_mean_leaves_whole_questions_alone():
    assert search("what are the museums for learing in the north like", language="th").did_you_mean == ""
