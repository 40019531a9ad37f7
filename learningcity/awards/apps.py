from django.apps import AppConfig


class Config(AppConfig):
    name = "learningcity.awards"

    def ready(self) -> None:
        from learningcity.awards.published import publish_all

        publish_all()
