from django.apps import AppConfig


class Config(AppConfig):
    name = "learningcity.plans"

    def ready(self) -> None:
        # Reading the rules is what makes them known.
        from learningcity.plans import rules  # noqa: F401
        from learningcity.plans.kinds import register_kinds
        from learningcity.plans.published import publish_all
        from learningcity.plans.queries import sources_of_plans
        from learningcity.sources.registry import finders

        register_kinds()
        finders.append(sources_of_plans)
        publish_all()
