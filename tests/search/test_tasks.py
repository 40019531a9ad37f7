import pytest

from learningcity.search.actions import forget, write
from learningcity.search.models import Frequency, Spelling
from learningcity.search.queries.terms import WORD, number
from learningcity.search.tasks import count_terms, recount_hourly
from tests.factories.search import make_entry

pytestmark = pytest.mark.django_db


def test_count_terms_counts_documents_by_strength():
    write(
        "note", [make_entry(title_en="Mangrove"), make_entry(body_en="mangrove " * 9), make_entry(body_en="a mangrove")]
    )

    count_terms()

    assert Frequency.objects.get(term=number(WORD, "mangrove")).counts == [0, 0, 2, 1]


def test_count_terms_leaves_one_row_for_each_word():
    Spelling.objects.bulk_create(Spelling(word="mangrove", term=number(WORD, "mangrove")) for _ in range(3))
    write("note", [make_entry(title_en="Mangrove"), make_entry(title_en="Mangrove")])

    count_terms()

    assert list(Spelling.objects.values_list("word", "documents")) == [("mangrove", 2)]


def test_word_of_a_forgotten_document_goes_with_the_second_count():
    write("note", [make_entry(key="a", title_en="Mangrove")])
    forget("note", "a")

    recount_hourly(0)
    after_one = list(Spelling.objects.values_list("word", "documents"))
    recount_hourly(0)

    assert after_one == [("mangrove", 0)]
    assert Spelling.objects.count() == 0
    assert list(Frequency.objects.values_list("term", "counts")) == [(0, [0, 0, 0, 0])]


def test_word_that_comes_back_before_the_second_count_stays():
    write("note", [make_entry(key="a", title_en="Mangrove")])
    forget("note", "a")
    count_terms()
    write("note", [make_entry(key="b", title_en="Mangrove")])

    count_terms()

    assert list(Spelling.objects.values_list("word", "documents")) == [("mangrove", 1)]
