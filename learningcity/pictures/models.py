"""What pictures remembers."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learningcity.common.text import Bilingual
from learningcity.pictures.enums import LICENSE_TEXTS, WIDTHS, Consent, Form, License, PictureState, Reason

WITHDRAWN = Q(state=PictureState.WITHDRAWN)


def private_name(picture: Picture, name: str) -> str:
    """Return where an original lies: under a name that says nothing and that nobody can guess."""
    return f"pictures/originals/{uuid.uuid4().hex}"


def public_name(rendition: Rendition, name: str) -> str:
    return f"pictures/renditions/{rendition.picture_id}/{rendition.file_name}"


class Picture(models.Model):
    """A picture that a place has uploaded, with all that must be said of it before anybody else may see it.

    Of a withdrawn picture nothing is left but that it was there, when it went, and why.
    """

    # The slug of a city, or empty: the pictures of the whole network.
    place = models.SlugField(_("place"), max_length=80, blank=True)
    original = models.FileField(_("picture"), upload_to=private_name, max_length=200, blank=True)
    sha256 = models.CharField(_("fingerprint"), max_length=64)
    kind = models.CharField(_("kind of file"), max_length=8)
    width = models.PositiveIntegerField(_("width"))
    height = models.PositiveIntegerField(_("height"))
    alt_th = models.CharField(_("what is to be seen, in Thai"), max_length=300, blank=True)
    alt_en = models.CharField(_("what is to be seen, in English"), max_length=300, blank=True)
    caption_th = models.CharField(_("caption in Thai"), max_length=500, blank=True)
    caption_en = models.CharField(_("caption in English"), max_length=500, blank=True)
    author = models.CharField(_("author"), max_length=200)
    license = models.CharField(_("license"), max_length=20, choices=License)
    consent = models.CharField(_("people who are shown"), max_length=20, choices=Consent)
    consent_keeper = models.CharField(_("who keeps the consent"), max_length=200, blank=True)
    consent_on = models.DateField(_("date of the consent"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=PictureState, default=PictureState.MAKING)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(_("uploaded"), default=timezone.now, editable=False)
    # From then on everybody may see it: it stands in something that was published.
    published_at = models.DateTimeField(_("published"), null=True, editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, editable=False)
    withdrawn_because = models.CharField(_("reason"), max_length=10, choices=Reason, blank=True)

    alt = Bilingual()
    caption = Bilingual()

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        indexes = [models.Index(fields=["place", "-uploaded_at"], name="pictures_newest_of_a_place")]
        constraints = [
            models.UniqueConstraint(
                fields=["place", "sha256"],
                condition=~WITHDRAWN,
                name="pictures_a_place_has_a_picture_once",
                violation_error_message=_("This picture is already among the pictures of this place."),
            ),
            models.CheckConstraint(
                condition=~Q(alt_th="") | ~Q(alt_en="") | WITHDRAWN,
                name="pictures_picture_is_described_in_words",
                violation_error_message=_(
                    "Say what is to be seen, in Thai or in English, for those who cannot see it."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(author="") | WITHDRAWN,
                name="pictures_author_is_named",
                violation_error_message=_("Say who made the picture."),
            ),
            models.CheckConstraint(
                condition=~Q(consent=Consent.GIVEN) | (~Q(consent_keeper="") & Q(consent_on__isnull=False)) | WITHDRAWN,
                name="pictures_given_consent_is_kept_by_somebody",
                violation_error_message=_("Say who keeps the consent, and of which day it is."),
            ),
            models.CheckConstraint(condition=Q(license__in=License.values), name="pictures_license_is_known"),
            models.CheckConstraint(condition=Q(consent__in=Consent.values), name="pictures_consent_is_known"),
            models.CheckConstraint(condition=Q(state__in=PictureState.values), name="pictures_state_is_known"),
            models.CheckConstraint(condition=Q(width__gt=0, height__gt=0), name="pictures_picture_has_a_size"),
            models.CheckConstraint(
                condition=Q(
                    state=PictureState.WITHDRAWN, withdrawn_at__isnull=False, withdrawn_because__in=Reason.values
                )
                | (~Q(state=PictureState.WITHDRAWN) & Q(withdrawn_at__isnull=True, withdrawn_because="")),
                name="pictures_withdrawal_has_a_day_and_a_reason",
            ),
            models.CheckConstraint(
                condition=(WITHDRAWN & Q(original="")) | (~WITHDRAWN & ~Q(original="")),
                name="pictures_only_a_withdrawn_picture_has_no_file",
            ),
        ]

    def __str__(self) -> str:
        return str(self.alt)

    def get_absolute_url(self) -> str:
        return reverse("picture", args=[self.pk])

    @property
    def is_withdrawn(self) -> bool:
        return self.state == PictureState.WITHDRAWN

    @property
    def is_public(self) -> bool:
        """Whether everybody may see it."""
        return self.published_at is not None and not self.is_withdrawn

    @property
    def widths(self) -> list[int]:
        """The widths in which it is made; never wider than it is."""
        return sorted({min(width, self.width) for width in WIDTHS})

    @property
    def wanted(self) -> list[tuple[Form, int]]:
        """Every rendition there will be: those for the list of pictures first."""
        return [(form, width) for width in self.widths for form in Form]

    @property
    def license_address(self) -> str:
        return LICENSE_TEXTS.get(self.license, "")


class Rendition(models.Model):
    """One size of a picture in one kind of file, made of nothing but its pixels."""

    picture = models.ForeignKey(Picture, models.CASCADE, related_name="renditions")
    form = models.CharField(_("kind of file"), max_length=4, choices=Form)
    width = models.PositiveIntegerField(_("width"))
    height = models.PositiveIntegerField(_("height"))
    sha256 = models.CharField(_("fingerprint"), max_length=64)
    size = models.PositiveIntegerField(_("bytes"))
    file = models.FileField(_("file"), upload_to=public_name, max_length=200)

    class Meta:
        verbose_name = _("rendition")
        verbose_name_plural = _("renditions")
        constraints = [
            models.UniqueConstraint(fields=["picture", "form", "width"], name="pictures_rendition_is_made_once"),
            models.CheckConstraint(condition=Q(form__in=Form.values), name="pictures_rendition_is_of_a_known_form"),
            models.CheckConstraint(condition=Q(size__gt=0), name="pictures_rendition_is_not_empty"),
        ]

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        return reverse("picture-file", args=[self.picture_id, self.file_name])

    @property
    def file_name(self) -> str:
        """The last part of its address; with other bytes it would be another one, so that it may be kept for ever."""
        return f"{self.sha256[:12]}-{self.width}.{self.form}"
