from django.apps import AppConfig


class Config(AppConfig):
    name = "learningcity.pictures"

    def ready(self) -> None:
        """Draw the pictures of rich texts, and tell the editor where they are chosen."""
        from learningcity.common.rich import draw_picture
        from learningcity.common.widgets import picture_addresses
        from learningcity.moderation.registry import register
        from learningcity.pictures import rules  # noqa: F401 -- says who may do what
        from learningcity.pictures.kinds import PICTURE
        from learningcity.pictures.templatetags.pictures import drawn
        from learningcity.pictures.views import addresses_for_editor

        register(PICTURE)
        draw_picture(drawn)
        picture_addresses[:] = [addresses_for_editor]
