from django.apps import AppConfig


class Config(AppConfig):
    name = "learningcity.workspace"

    def ready(self) -> None:
        from learningcity.accounts import registry
        from learningcity.notices.registry import lead
        from learningcity.workspace.queries import notices

        for kind, address in notices.LEADS.items():
            lead(kind, address)
        registry.doors.append(notices.doors_of)
