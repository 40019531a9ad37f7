import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from learningcity.cities.models import City, Milestone
from learningcity.opendata.models import Observation
from learningcity.practices.models import Practice
from tests.factories.cities import make_city, make_network
from tests.factories.opendata import make_indicator

pytestmark = pytest.mark.django_db


@pytest.fixture
def bench(monkeypatch):
    monkeypatch.setitem(connection.settings_dict, "NAME", "bench_5")
    make_city()
    make_network(slug="unesco-gnlc")
    make_indicator()


@pytest.mark.usefixtures("bench")
def test_scale_data_adds_marked_cities_until_there_are_so_many(capsys):
    call_command("scale_data", "3")
    call_command("scale_data", "4")

    assert capsys.readouterr().out.splitlines() == ["2 synthetic cities were added.", "1 synthetic cities were added."]
    assert list(City.objects.order_by("pk").values_list("name_th", "name_en"))[1:] == [
        ("เมืองทดสอบ 00001", "Test City 00001"),
        ("เมืองทดสอบ 00002", "Test City 00002"),
        ("เมืองทดสอบ 00003", "Test City 00003"),
    ]
    assert (Milestone.objects.count(), Observation.objects.count(), Practice.objects.count()) == (15, 3, 3)


@pytest.mark.usefixtures("bench")
def test_scale_data_adds_nothing_where_there_are_enough():
    call_command("scale_data", "1", verbosity=0)

    assert City.objects.count() == 1


def test_scale_data_refuses_a_database_that_may_be_relied_on(monkeypatch):
    monkeypatch.setitem(connection.settings_dict, "NAME", "learningcity")

    with pytest.raises(CommandError) as refused:
        call_command("scale_data", "785")

    assert str(refused.value) == (
        "Nothing was added: “learningcity” is no database for measuring: its name must have “bench” or “scratch” in it."
    )
    assert City.objects.count() == 0
