"""No row leads back to itself, whoever writes and however many write at once."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from learningcity.partners.models import Organization
from tests.factories.partners import make_organization

WAITING = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"


def join(lower, upper):
    Organization.objects.filter(pk=lower.pk).update(parent=upper)


def joined_elsewhere(lower, upper):
    try:
        with transaction.atomic():
            join(lower, upper)
    finally:
        connection.close()


def waits():
    with connection.cursor() as cursor:
        cursor.execute(WAITING)
        return cursor.fetchone()[0]


@pytest.mark.django_db(transaction=True)
def test_two_at_once_do_not_close_a_circle_together():
    one, other = make_organization(), make_organization()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            join(one, other)
            second = pool.submit(joined_elsewhere, other, one)
            while not (second.done() or waits()):
                pass
        refused = second.exception()

    assert isinstance(refused, IntegrityError)
    assert refused.__cause__.diag.constraint_name == "partners_organization_never_belongs_to_itself"
    assert Organization.objects.get(pk=other.pk).parent is None


@pytest.mark.django_db
def test_circle_is_told_at_its_field_before_the_database_refuses_it():
    upper = make_organization()
    upper.parent = make_organization(parent=make_organization(parent=upper))

    with pytest.raises(ValidationError) as refused:
        upper.full_clean()

    assert [error.code for error in refused.value.error_dict["parent"]] == ["circle"]


@pytest.mark.django_db
def test_sisters_lead_to_one_parent():
    upper = make_organization()
    sister, other = make_organization(parent=upper), make_organization(parent=upper)

    join(other, sister)

    other.refresh_from_db()
    other.full_clean()
    assert other.parent == sister
