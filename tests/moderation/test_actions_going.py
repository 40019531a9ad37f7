import pytest

from learningcity.cities.models import Milestone
from learningcity.library.models import LearningResource
from learningcity.moderation.actions import note_removal
from learningcity.moderation.models import Revision
from tests.factories.library import make_resource
from tests.factories.moderation import make_note, make_revision

pytestmark = pytest.mark.django_db


def said():
    return list(Revision.objects.order_by("pk").values_list("kind", "key", "number", "values"))


def test_what_is_handed_out_leaves_a_trace_although_nobody_changed_it_here():
    resource = make_resource()

    assert note_removal(LearningResource, [resource]) == 1
    assert said() == [("learning-resource", str(resource.pk), 1, {})]


def test_what_is_not_handed_out_leaves_one_only_where_it_has_a_history():
    changed, untouched = make_note(), make_note()
    make_revision(kind="note", key=str(changed.pk), values={"text_th": "ก"})

    assert note_removal(Milestone, [changed, untouched]) == 1
    assert said()[1:] == [("note", str(changed.pk), 2, {})]


@pytest.mark.parametrize("count", [1, 3])
def test_the_traces_of_many_take_as_many_queries_as_that_of_one(count, django_assert_num_queries):
    resources = list(LearningResource.objects.filter(pk__in=[make_resource().pk for _ in range(count)]))

    # The latest revisions, the new ones, and the savepoint around them.
    with django_assert_num_queries(4):
        note_removal(LearningResource, resources)
