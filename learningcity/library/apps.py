from django.apps import AppConfig


class Config(AppConfig):
    name = "learningcity.library"

    def ready(self) -> None:
        from learningcity.library.kinds import register_kinds
        from learningcity.library.published import publish_all
        from learningcity.library.queries import sources_of
        from learningcity.library.tables import register_tables
        from learningcity.sources.registry import finders

        register_kinds()
        finders.append(sources_of)
        publish_all()
        register_tables()
