import json

import pytest
from django.db import connection

from learningcity.harvest.actions import begin_run, work_on
from learningcity.harvest.models import Run
from tests.factories.accounts import make_user
from tests.factories.cities import make_city, make_role
from tests.factories.harvest import make_host, make_origin
from tests.factories.moderation import make_officer
from tests.harvest.catalogs import Catalog
from tests.harvest.servers import serving


@pytest.fixture
def city():
    return make_city(slug="khon-kaen", name_th="ขอนแก่น", name_en="Khon Kaen")


@pytest.fixture
def secretariat():
    return make_role(kind="secretariat", city=None).user


@pytest.fixture
def officer(city):
    return make_officer(city)


@pytest.fixture
def approver(city):
    return make_officer(city, kind="approver")


@pytest.fixture(params=["nobody", "neighbor"])
def stranger(request):
    """An account alone, and the approver of another city."""
    return make_user() if request.param == "nobody" else make_officer(make_city(), kind="approver")


@pytest.fixture(autouse=True)
def _at_once(settings):
    settings.HARVEST_PAUSE = 0


@pytest.fixture
def catalog():
    return Catalog()


@pytest.fixture
def server(catalog, settings):
    """A server of others that is allowed."""
    with serving(catalog.answer) as running:
        settings.HARVEST_TEST_SERVERS = [running.site]
        make_host(name=running.site)
        yield running


@pytest.fixture
def origin(server, city, officer):
    return make_origin(address=server.at("/"), place=city.slug, by=officer)


@pytest.fixture
def harvest(officer):
    """Harvest an origin now, as the worker does, and return the run."""

    def harvested(origin, scope="changes", by=None):
        run = begin_run(origin, scope, by=by or officer)
        work_on(run.pk)
        return Run.objects.get(pk=run.pk)

    return harvested


@pytest.fixture
def jobs():
    """The jobs that wait, as (arguments, lock, whether for later)."""

    def waiting(name):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT args, lock, scheduled_at IS NOT NULL FROM procrastinate_jobs WHERE task_name = %s ORDER BY id",
                [name],
            )
            return [
                (json.loads(args) if isinstance(args, str) else args, lock, late)
                for args, lock, late in cursor.fetchall()
            ]

    return waiting
