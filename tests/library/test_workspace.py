"""An officer writes down a place or a resource: the real pages, from the form to the preview."""

import pytest

from learningcity.library.models import LearningPlace, LearningResource
from tests.factories.cities import make_city
from tests.factories.content import make_officers, propose
from tests.library.test_kinds import KINDS, typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def city():
    return make_city(slug="khon-kaen")


@pytest.mark.parametrize("kind", KINDS)
def test_officer_sees_the_form_and_how_the_page_will_look(client, city, kind):
    editor, _approver = make_officers(city)
    proposal = propose(kind, city, typed(kind), editor)
    client.force_login(editor)

    place = client.get("/en/workspace/khon-kaen/")
    preview = client.get(f"/en/workspace/proposals/{proposal.pk}/preview/")
    form = client.get(f"/en/workspace/proposals/{proposal.pk}/")

    name = typed(kind).get("title_en") or typed(kind).get("name_en")
    assert [page.status_code for page in (place, preview, form)] == [200, 200, 200]
    assert name in preview.content.decode()
    assert (LearningPlace.objects.count(), LearningResource.objects.count()) == (0, 0)
