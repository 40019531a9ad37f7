from django.apps import apps


def test_partners_is_installed():
    assert apps.get_app_config("partners").name == "learningcity.partners"
