from django.apps import AppConfig


class Config(AppConfig):
    name = "learningcity.cities"

    def ready(self) -> None:
        from learningcity.accounts import registry

        # Reading the rules is what makes them known.
        from learningcity.cities import actions, queries, rules  # noqa: F401
        from learningcity.cities.kinds import register_kinds
        from learningcity.cities.queries import authority, notices
        from learningcity.cities.tables import register_tables
        from learningcity.moderation.registry import answer_for
        from learningcity.notices.registry import register
        from learningcity.sources.registry import finders

        answer_for(authority)
        register_kinds()
        register_tables()
        registry.needs_second_factor.append(queries.is_secretariat)
        registry.farewells.append(actions.end_all_roles)
        registry.holdings.append(queries.holdings_of)
        finders.append(queries.sources_of)
        for kind, text in notices.TEXTS.items():
            register(kind, text)
