"""What the report of 17 September 2024 says, held to the word: announced, told, entered, and what nobody knows."""

import re

import pytest
from django.test import Client

from learningcity.partners.models import Agreement, Commitment, Goal, GoalLink, Party, Signatory, Target
from learningcity.partners.queries import tallies

pytestmark = pytest.mark.django_db


def words_of(path):
    html = Client().get(path).content.decode()
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


@pytest.fixture
def agreement():
    return Agreement.objects.get(slug="khon-kaen-mou-2024")


def test_numbers_of_partners_stand_side_by_side(agreement):
    parties = tallies([agreement])[agreement.pk, "parties"]

    said = [(int(one.value), one.qualifier, one.source.slug) for one in parties.announced]
    assert said == [(62, "exact", "khonkaen-mou-2024"), (59, "more_than", "khonkaen-mou-2024")]
    assert (parties.entered, Party.objects.filter(agreement=agreement).count()) == (3, 3)


def test_page_says_62_announced_59_in_the_text_and_3_entered():
    page = words_of("/en/agreements/khon-kaen-mou-2024/")

    assert re.search(r"announced 62 17 September 2024 .* announced more than 59 17 September 2024 .* entered 3", page)
    assert "10 of 17 announced; 3 of them are named by a source." in page
    assert "Which the others are is not known." in page


def test_goals_are_those_that_the_source_names_and_no_others(agreement):
    goals = tallies([agreement])[agreement.pk, "goals"]

    assert sorted(GoalLink.objects.values_list("goal", "target")) == [(4, None), (8, None), (10, None)]
    assert ([int(one.value) for one in goals.announced], goals.entered) == ([10], 3)


def test_who_took_part_is_said_as_the_source_says_it(agreement):
    parts = {party.organization.slug: (party.role, party.certainty) for party in agreement.parties.all()}
    people = {person.name_th: person.capacity for person in Signatory.objects.all()}

    assert parts == {
        "khon-kaen-province": ("took_part", "stated"),
        "khon-kaen-municipality": ("took_part", "stated"),
        "khon-kaen-city-development": ("took_part", "uncertain"),
    }
    assert people == {
        "ศิริวัฒน์ พินิจพาณิชย์": "took_part",
        "ธีระศักดิ์ ฑีฆายุพันธุ์": "took_part",
        "กังวาน เหล่าวิโรจนกุล": "took_part",
    }


def test_no_promise_is_invented():
    assert Commitment.objects.count() == 0


def test_goals_and_targets_are_those_of_the_united_nations():
    assert (Goal.objects.count(), Target.objects.count()) == (17, 169)
    assert str(Target.objects.get(pk="4.7").text_en).startswith("By 2030, ensure that all learners acquire")


def test_agreement_names_no_end_because_no_source_does(agreement):
    assert (agreement.signed_on.isoformat(), agreement.starts_on, agreement.ends_on) == ("2024-09-17", None, None)
    assert str(agreement.signed_where) == "โรงแรมพูลแมน ราชาออคิด ขอนแก่น"
