"""States and kinds of pictures, and the table of allowed steps."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PictureState(TextChoices):
    MAKING = "making", _("sizes are being made")
    READY = "ready", _("ready")
    FAILED = "failed", _("could not be made")
    WITHDRAWN = "withdrawn", _("withdrawn")


STEPS: dict[str, set[str]] = {
    PictureState.MAKING: {PictureState.WITHDRAWN},
    PictureState.READY: {PictureState.WITHDRAWN},
    PictureState.FAILED: {PictureState.WITHDRAWN},
    PictureState.WITHDRAWN: set(),
}


class License(TextChoices):
    CC0 = "cc0", _("CC0: no rights reserved")
    CC_BY = "cc-by-4.0", "CC BY 4.0"
    CC_BY_SA = "cc-by-sa-4.0", "CC BY-SA 4.0"
    OWN = "own", _("our own work, all rights reserved")
    PERMITTED = "permitted", _("used with permission, all rights reserved")
    PUBLIC_DOMAIN = "public-domain", _("public domain")
    OPEN_GOVERNMENT = "ogl-th", _("Open Government License, Thailand")


# Where a license can be read, for those that can.
LICENSE_TEXTS: dict[str, str] = {
    License.CC0: "https://creativecommons.org/publicdomain/zero/1.0/",
    License.CC_BY: "https://creativecommons.org/licenses/by/4.0/",
    License.CC_BY_SA: "https://creativecommons.org/licenses/by-sa/4.0/",
}


class Consent(TextChoices):
    NOBODY = "nobody", _("nobody can be recognized")
    GIVEN = "given", _("everybody who can be recognized has agreed")
    PUBLIC_EVENT = "public-event", _("a public event, where nobody stands out")


class Reason(TextChoices):
    """Why a picture was withdrawn."""

    CONSENT = "consent", _("somebody who is shown no longer agrees")
    RIGHTS = "rights", _("the author or the owner of the rights objects")
    MISTAKE = "mistake", _("uploaded by mistake")
    OUTDATED = "outdated", _("shows what is no longer so")


class Form(TextChoices):
    """The kinds of files that are made, the smallest first: a browser takes the first that it can read."""

    AVIF = "avif", "AVIF"
    WEBP = "webp", "WebP"
    JPEG = "jpeg", "JPEG"


# Half of a phone, a phone of today, and the widest column of a page at twice its points.
WIDTHS = (480, 960, 1600)
