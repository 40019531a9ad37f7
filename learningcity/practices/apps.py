from django.apps import AppConfig


class Config(AppConfig):
    name = "learningcity.practices"

    def ready(self) -> None:
        from learningcity.practices.kinds import register_kinds
        from learningcity.practices.published import publish_all
        from learningcity.practices.queries import sources_of
        from learningcity.sources.registry import finders

        register_kinds()
        finders.append(sources_of)
        publish_all()
