from django.apps import apps


def test_imports_is_installed():
    assert apps.get_app_config("imports").name == "learningcity.imports"
