from django.apps import AppConfig


class Config(AppConfig):
    name = "learningcity.opendata"

    def ready(self) -> None:
        from learningcity.opendata.tables import register_tables

        register_tables()
