from importlib import import_module

from django.apps import AppConfig


class Config(AppConfig):
    name = "learningcity.common"

    def ready(self) -> None:
        import_module("learningcity.common.checks")
