from django.apps import AppConfig


class Config(AppConfig):
    name = "learningcity.portal"

    def ready(self) -> None:
        from learningcity.accounts import registry
        from learningcity.portal.queries.roles import doors_of
        from learningcity.portal.registry import register_documents, show_facts, show_library, show_pages, show_plans

        registry.doors.append(doors_of)
        show_facts()
        show_pages()
        register_documents()
        show_plans()
        show_library()
