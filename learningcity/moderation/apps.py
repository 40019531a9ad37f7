from django.apps import AppConfig


class Config(AppConfig):
    name = "learningcity.moderation"

    def ready(self) -> None:
        # Reading the rules is what makes them known.
        from learningcity.accounts.registry import farewells
        from learningcity.moderation import actions, rules  # noqa: F401
        from learningcity.moderation.queries import notices as words
        from learningcity.notices.registry import Text, register

        farewells.append(actions.withdraw_all_drafts)
        for kind in words.TITLES:
            allowed = words.still_waits if kind == "moderation.submitted" else words.may_still_see
            register(kind, Text(title=words.proposal_title, allowed=allowed))
        register("moderation.reported", Text(title=words.report_title, allowed=words.may_answer))
        register("moderation.handed_over", Text(title=words.handed_over_title, allowed=words.is_about_them))
