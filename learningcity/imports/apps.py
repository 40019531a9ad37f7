from django.apps import AppConfig


class Config(AppConfig):
    name = "learningcity.imports"

    def ready(self) -> None:
        # Reading the rules is what makes them known.
        from learningcity.imports import rules  # noqa: F401
        from learningcity.imports.kinds import register_kinds

        register_kinds()
