from django.apps import apps

from learningcity.moderation.registry import kinds


def test_workspace_is_installed():
    assert apps.get_app_config("workspace").name == "learningcity.workspace"


def test_nothing_that_belongs_to_a_city_begins_without_one():
    begun = {kind.name for kind in kinds() if kind.may_begin_in("")} - {"note"}

    assert begun == {"city", "dataset", "fact", "indicator", "learning-resource", "organization"}
