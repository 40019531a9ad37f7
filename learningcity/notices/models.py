from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learningcity.notices.enums import Choice, LetterKind, LetterState


class Letter(models.Model):
    """One mail to one address, on its way or gone. What it said is wiped as soon as it is gone: it may let people in."""

    # Nobody, where the address belongs to no account.
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="+")
    # Empty where the owner's address at the time of sending is meant.
    to = models.EmailField(_("to"), blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=LetterKind, default=LetterKind.WRITTEN)
    subject = models.CharField(_("subject"), max_length=500, blank=True)
    text = models.TextField(_("text"), blank=True)
    html = models.TextField(_("text with markup"), blank=True)
    headers = models.JSONField(_("headers"), default=dict, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=LetterState, default=LetterState.QUEUED)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    created_at = models.DateTimeField(_("written"), default=timezone.now, editable=False)
    settled_at = models.DateTimeField(_("sent or given up"), null=True, editable=False)

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        indexes = [models.Index("created_at", condition=Q(state="queued"), name="notices_queued_letters")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="written") & ~Q(to="") | Q(kind="notices", to="", owner__isnull=False),
                name="notices_letter_has_an_address_or_an_owner",
            ),
            models.CheckConstraint(condition=Q(state__in=LetterState.values), name="notices_letter_state_is_known"),
            models.CheckConstraint(
                condition=Q(state="queued", settled_at__isnull=True) | ~Q(state="queued") & Q(settled_at__isnull=False),
                name="notices_letters_are_dated_once_they_are_settled",
            ),
            models.CheckConstraint(
                condition=Q(state="queued", kind="written") & ~Q(text="")
                | (~Q(state="queued") | Q(kind="notices")) & Q(subject="", text="", html="", headers={}),
                name="notices_letter_says_something_only_while_it_waits",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.created_at:%Y-%m-%d %H:%M} {self.get_state_display()}"


class Notice(models.Model):
    """Something that one person is told about one record."""

    # The record itself, once ``queries.bind_records`` has fetched it; never stored.
    about: models.Model | None = None

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, db_index=False, related_name="+")
    kind = models.CharField(_("kind"), max_length=100)
    record = models.CharField(_("record"), max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    # Never a name, an address or a text that somebody wrote: those are read where they live, when the notice is shown.
    said = models.JSONField(_("detail"), default=dict, encoder=DjangoJSONEncoder)
    created_at = models.DateTimeField(_("time"), default=timezone.now, editable=False)
    read_at = models.DateTimeField(_("read"), null=True, editable=False)
    # Since when no mail is to be sent about it: it was sent, or is not wanted, or not needed any more.
    settled_at = models.DateTimeField(_("settled"), null=True, editable=False)
    letter = models.ForeignKey(Letter, models.SET_NULL, null=True, related_name="notices")

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        indexes = [
            models.Index("recipient", F("id").desc(), name="notices_newest_first"),
            models.Index(
                "recipient",
                condition=Q(settled_at__isnull=True, letter__isnull=True),
                name="notices_for_the_daily_mail",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["recipient", "kind", "record"],
                condition=Q(read_at__isnull=True),
                name="notices_an_unread_notice_stands_once",
            ),
            models.CheckConstraint(
                condition=Q(read_at__isnull=True) | Q(settled_at__isnull=False),
                name="notices_a_read_notice_waits_for_no_mail",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.record}"

    @property
    def told_on(self) -> dt.date:
        """The day of the notice where its readers live."""
        return timezone.localdate(self.created_at)


class Preference(models.Model):
    """How a person wants to be told by mail; without a row it is at once."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    how = models.CharField(_("mail about notices"), max_length=10, choices=Choice, default=Choice.INSTANT)

    class Meta:
        verbose_name = _("choice of mail")
        verbose_name_plural = _("choices of mail")
        constraints = [models.CheckConstraint(condition=Q(how__in=Choice.values), name="notices_choice_is_known")]

    def __str__(self) -> str:
        return self.get_how_display()
