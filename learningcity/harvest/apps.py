from django.apps import AppConfig


class Config(AppConfig):
    name = "learningcity.harvest"

    def ready(self) -> None:
        # Reading the rules is what makes them known.
        from learningcity.harvest import rules  # noqa: F401
        from learningcity.harvest.queries.notices import TEXTS
        from learningcity.notices.registry import register

        for kind, text in TEXTS.items():
            register(kind, text)
