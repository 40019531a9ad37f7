from django.apps import AppConfig


class Config(AppConfig):
    name = "learningcity.partners"

    def ready(self) -> None:
        from learningcity.accounts import registry
        from learningcity.notices.registry import Text, register

        # Reading the rules is what makes them known.
        from learningcity.partners import actions, queries, rules  # noqa: F401
        from learningcity.partners.kinds import register_kinds
        from learningcity.partners.published import publish_all
        from learningcity.partners.queries import notices as words
        from learningcity.partners.tables import register_tables

        register_kinds()
        register_tables()
        publish_all()
        registry.farewells.append(actions.end_all_clerkships)
        registry.holdings.append(queries.holdings_of)
        registry.records_about["partners.Invitation"] = queries.invitations_to
        registry.secret_columns.add("partners.Invitation.token_hash")
        promise = {"allowed": words.may_see_promise, "related": ("organization", "city")}
        visit = {"allowed": words.may_see_visit, "related": ("host", "guest")}
        for kind in ("confirm", "confirmed", "kept", "broken", "withdrawn"):
            register(f"partners.{kind}", Text(title=words.title, **promise))  # type: ignore[arg-type]
        register("partners.due", Text(title=words.due_title, **promise))  # type: ignore[arg-type]
        register("partners.late", Text(title=words.late_title, **promise))  # type: ignore[arg-type]
        for kind in ("visit_requested", "visit_answered", "visit_reported"):
            register(f"partners.{kind}", Text(title=words.title, **visit))  # type: ignore[arg-type]
        register(
            "partners.expiring", Text(title=words.expiring_title, allowed=words.may_see_agreement, related=("city",))
        )
        register("partners.paired", Text(title=words.title, allowed=words.may_see_pair, related=("mentor", "learner")))
