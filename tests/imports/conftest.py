import pytest
from django.utils import translation

from learningcity.imports import actions, tasks
from tests.factories.cities import make_role


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def secretary():
    return make_role(kind="secretariat", city=None).user


@pytest.fixture
def written(secretary):
    """Let an import be handed in, approved by somebody else, and written."""

    def write(upload, mode="all"):
        approver = make_role(kind="secretariat", city=None).user
        actions.submit_import(upload, mode, by=upload.by)
        actions.apply_import(upload, by=approver)
        tasks.apply_rows(upload.pk)
        upload.refresh_from_db()
        return upload

    return write
