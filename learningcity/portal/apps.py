from django.apps import AppConfig


class Config(AppConfig):
    name = "learningcity.portal"

    def ready(self) -> None:
        from learningcity.accounts import registry
        from learningcity.portal.queries.roles import doors_of

        registry.doors.append(doors_of)
