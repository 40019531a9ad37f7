from django.apps import AppConfig


class Config(AppConfig):
    name = "learningcity.opendata"

    def ready(self) -> None:
        from learningcity.opendata import rules  # noqa: F401 -- reading the rules is what makes them known
        from learningcity.opendata.kinds import register_kinds
        from learningcity.opendata.published import publish_all
        from learningcity.opendata.queries import sources_of
        from learningcity.opendata.tables import register_tables
        from learningcity.sources.registry import finders

        register_kinds()
        finders.append(sources_of)
        register_tables()
        publish_all()
