"""What was published cannot be changed afterwards, not even by the site itself."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from learningcity.moderation.models import Revision
from tests.factories.moderation import make_revision

pytestmark = pytest.mark.django_db
APP_ROLE = "learningcity_app"
ERASURES = [
    """UPDATE moderation_revision SET "values" = '{"text_en": "[erased]", "day": "2567"}', erased_at = now()""",
    "UPDATE moderation_revision SET title = '[erased]', erased_at = now()",
]
FORGERIES = [
    """UPDATE moderation_revision SET "values" = '{"text_en": "Nothing", "day": "2567"}'""",
    """UPDATE moderation_revision SET "values" = '{"text_en": "Nothing", "day": "2567"}', erased_at = now()""",
    """UPDATE moderation_revision SET "values" = '{"text_en": "[erased]", "day": "2567"}'""",
    """UPDATE moderation_revision SET "values" = '{"text_en": "[erased]"}', erased_at = now()""",
    """UPDATE moderation_revision SET "values" = '{"text_en": "Signed", "day": "2567", "x": "[erased]"}', erased_at = now()""",
    """UPDATE moderation_revision SET "values" = '{}', erased_at = now()""",
    "UPDATE moderation_revision SET title = 'Another', erased_at = now()",
    "UPDATE moderation_revision SET erased_at = NULL",
    "UPDATE moderation_revision SET at = now(), erased_at = now()",
    "UPDATE moderation_revision SET number = 7, erased_at = now()",
    "UPDATE moderation_revision SET key = '2', erased_at = now()",
    "UPDATE moderation_revision SET place = 'elsewhere', erased_at = now()",
    "DELETE FROM moderation_revision",
]


@pytest.fixture(autouse=True)
def _kept():
    make_revision(values={"text_en": "Signed", "day": "2567"})


@pytest.fixture
def as_the_site():
    """Act as the role under which the site connects, which owns nothing."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {APP_ROLE}")
        yield cursor
        cursor.execute("RESET ROLE")


def test_site_may_write_revisions_and_read_them(as_the_site):
    make_revision(number=2)

    assert Revision.objects.count() == 2


@pytest.mark.parametrize(
    "sql",
    [
        *FORGERIES,
        "TRUNCATE moderation_revision",
        "ALTER TABLE moderation_revision DISABLE TRIGGER moderation_revisions_are_written_once",
        "DROP TRIGGER moderation_revisions_are_written_once ON moderation_revision",
        "CREATE OR REPLACE FUNCTION moderation_refuse_change() RETURNS trigger LANGUAGE sql AS ''",
    ],
)
def test_site_may_not_touch_what_was_published(as_the_site, sql):
    with pytest.raises(DatabaseError, match=r"permission denied|must be owner|written once"), transaction.atomic():
        as_the_site.execute(sql)


@pytest.mark.parametrize("sql", FORGERIES)
def test_owner_is_refused_by_the_trigger(sql):
    with pytest.raises(DatabaseError, match="written once"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.parametrize("sql", ERASURES)
def test_site_may_put_the_marker_in_place_of_a_text_and_nobody_takes_it_away(as_the_site, sql):
    as_the_site.execute(sql)

    assert Revision.objects.filter(erased_at__lte=timezone.now()).count() == 1
    with pytest.raises(DatabaseError, match="written once"), transaction.atomic():
        as_the_site.execute("UPDATE moderation_revision SET title = 'A note', \"values\" = '{}', erased_at = now()")
