from django.apps import apps


def test_moderation_is_installed():
    assert apps.get_app_config("moderation").name == "learningcity.moderation"
