from django.apps import AppConfig


class Config(AppConfig):
    name = "learningcity.imports"

    def ready(self) -> None:
        # Reading the rules is what makes them known.
        from learningcity.imports import rules  # noqa: F401
        from learningcity.imports.kinds import register_kinds
        from learningcity.imports.queries.notices import TEXTS
        from learningcity.notices.registry import register

        register_kinds()
        for kind, text in TEXTS.items():
            register(kind, text)
