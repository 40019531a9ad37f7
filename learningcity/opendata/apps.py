from django.apps import AppConfig
from django.db.models.signals import post_migrate


class Config(AppConfig):
    name = "learningcity.opendata"

    def ready(self) -> None:
        from learningcity.opendata import rules  # noqa: F401 -- reading the rules is what makes them known
        from learningcity.opendata.actions.watching import watch_tables
        from learningcity.opendata.kinds import register_kinds
        from learningcity.opendata.published import publish_all
        from learningcity.opendata.queries import sources_of
        from learningcity.opendata.tables import register_tables
        from learningcity.sources.registry import finders

        register_kinds()
        finders.append(sources_of)
        register_tables()
        publish_all()
        # Sent once for this app, when the migrations of all have been applied; also when tests have emptied the tables.
        post_migrate.connect(watch_tables, sender=self)
