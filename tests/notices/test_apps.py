from django.apps import apps


def test_notices_is_installed():
    assert apps.get_app_config("notices").name == "learningcity.notices"
