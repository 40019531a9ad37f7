from django.apps import apps


def test_pictures_is_installed():
    assert apps.get_app_config("pictures").name == "learningcity.pictures"
