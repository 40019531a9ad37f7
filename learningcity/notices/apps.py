from django.apps import AppConfig


class Config(AppConfig):
    name = "learningcity.notices"

    def ready(self) -> None:
        from learningcity.accounts import registry
        from learningcity.common.registry import Way, ways
        from learningcity.notices import actions, queries

        registry.doors.append(queries.doors_of)
        registry.farewells.append(actions.forget_letters)
        registry.secret_columns.update({"notices.Letter.text", "notices.Letter.html", "notices.Letter.headers"})
        ways.append(Way(2, "notices", label=queries.unread_in_words))
