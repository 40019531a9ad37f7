import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from learningcity.partners.actions.network import ask_for_layout
from learningcity.partners.models import NetworkPicture
from learningcity.partners.queries.network import pictures
from learningcity.partners.queries.network.pictures import layout_of
from learningcity.partners.queries.network.ties import Scope, read_network
from learningcity.partners.tasks.network import lay_out
from tests.factories.partners import make_network_picture, make_party
from tests.partners.test_network_ties import TODAY

pytestmark = pytest.mark.django_db
EVERYBODY = Scope()


@pytest.fixture(autouse=True)
def _all_are_large(monkeypatch):
    monkeypatch.setattr(pictures, "SMALL", 1)


def layout():
    return layout_of(EVERYBODY, read_network(EVERYBODY, on=TODAY))


def test_lay_out_keeps_where_the_nodes_stand():
    make_party()

    before = layout()
    lay_out("", "")

    assert before is None
    assert len(layout().places) == 2


def test_lay_out_does_nothing_twice():
    make_party()
    lay_out("", "")
    made_at = NetworkPicture.objects.get().laid_out_at

    lay_out("", "")

    assert NetworkPicture.objects.get().laid_out_at == made_at


def test_layout_of_a_network_that_has_changed_is_unknown_until_it_is_made_anew():
    party = make_party()
    lay_out("", "")
    make_party(agreement=party.agreement)

    outdated = layout()
    lay_out("", "")

    assert outdated is None
    assert len(layout().places) == 3
    assert NetworkPicture.objects.count() == 1


def test_layout_of_a_large_network_is_never_computed_while_somebody_waits():
    make_party()
    make_network_picture()

    assert layout() is None


def test_layout_of_a_small_network_is_computed_at_once(monkeypatch):
    monkeypatch.setattr(pictures, "SMALL", 2)
    make_party()

    assert len(layout().places) == 2


def test_ask_for_layout_asks_once_for_each_network():
    for _ in range(3):
        ask_for_layout(EVERYBODY)
        ask_for_layout(Scope(city="khon-kaen"))

    jobs = ProcrastinateJob.objects.filter(task_name="partners.lay_out_network").order_by("pk")
    assert [job.args for job in jobs] == [{"city": "", "agreement": ""}, {"city": "khon-kaen", "agreement": ""}]
