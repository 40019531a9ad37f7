from django.apps import AppConfig


class Config(AppConfig):
    name = "learningcity.workspace"

    def ready(self) -> None:
        from learningcity.accounts import registry
        from learningcity.common.registry import desks, ways
        from learningcity.notices.registry import lead
        from learningcity.partners.registry import lead as lead_invitations
        from learningcity.workspace import rules  # noqa: F401
        from learningcity.workspace.queries import notices, partners

        for kind, address in {**notices.LEADS, **partners.LEADS}.items():
            lead(kind, address)
        lead_invitations(partners.invitation_path)
        registry.doors.append(notices.doors_of)
        registry.doors.append(partners.doors_of)
        ways += notices.WAYS
        desks[:] = [notices.DESK]
