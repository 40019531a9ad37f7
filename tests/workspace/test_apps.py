from django.apps import apps


def test_workspace_is_installed():
    assert apps.get_app_config("workspace").name == "learningcity.workspace"
