from django.apps import apps


def test_plans_is_installed():
    assert apps.get_app_config("plans").name == "learningcity.plans"
