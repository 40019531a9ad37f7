from django.apps import AppConfig


class Config(AppConfig):
    name = "learningcity.cities"

    def ready(self) -> None:
        from learningcity.accounts import registry

        # Reading the rules is what makes them known.
        from learningcity.cities import actions, queries, rules  # noqa: F401
        from learningcity.cities.queries import authority
        from learningcity.moderation.registry import answer_for

        answer_for(authority)
        registry.needs_second_factor.append(queries.is_secretariat)
        registry.farewells.append(actions.end_all_roles)
        registry.holdings.append(queries.holdings_of)
