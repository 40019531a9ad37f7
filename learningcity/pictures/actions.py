"""What can be done in pictures: one verb, one function, one transaction, one audit entry."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from learningcity.accounts.models import User
from learningcity.audit.actions import TransitionNotAllowed, write
from learningcity.common import images, quotas
from learningcity.common.rich import pictures_in
from learningcity.moderation.actions import Overtaken, begin, forget_words, hold_history, save_draft, submit
from learningcity.moderation.enums import Why
from learningcity.moderation.models import Proposal
from learningcity.moderation.registry import kind_named
from learningcity.pictures.enums import STEPS, PictureState, Reason
from learningcity.pictures.models import Picture
from learningcity.pictures.queries import KIND, WORDS, pictures_of, words_of
from learningcity.pictures.tasks import delete_files, make_renditions


@transaction.atomic
def add_picture(picture: Picture, *, by: User) -> Picture:
    """Take in an uploaded picture, and have its renditions made in the background.

    :raises PermissionDenied: if this person may not propose anything for its place.
    :raises ValidationError: if the file is no picture, what is said of it is not enough, or there were too many today.
    """
    if not by.has_perm("moderation.propose", picture.place):  # type: ignore[arg-type]
        raise PermissionDenied
    # Withdrawn ones count as well: their files were here.
    today = Picture.objects.filter(place=picture.place, uploaded_at__gte=quotas.day_began())
    quotas.refuse_past(quotas.PICTURES_A_DAY, today.count(), "original")
    try:
        measured = images.measure(picture.original.file)
    except images.NotAPicture as problem:
        raise ValidationError({"original": str(problem)}) from None
    picture.kind, picture.width, picture.height = measured.kind, measured.width, measured.height
    picture.original.seek(0)
    picture.sha256 = hashlib.file_digest(picture.original.file, "sha256").hexdigest()
    picture.original.seek(0)
    picture.uploaded_by = by
    # At the file; the rule of the database, which has the last word, would say it of the whole form.
    twice = ValidationError({"original": _("This picture is already among the pictures of this place.")})
    if pictures_of(picture.place).filter(sha256=picture.sha256).exists():
        raise twice
    picture.full_clean()
    try:
        with transaction.atomic():
            picture.save(force_insert=True)
    except IntegrityError:
        # Two clicks at once: the other one was faster.
        picture.original.delete(save=False)
        raise twice from None
    write("pictures.add_picture", picture, by=by, place=picture.place, sha256=picture.sha256)
    make_renditions.defer(picture_id=picture.pk)
    return picture


@transaction.atomic
def change_words(picture: Picture, *, by: User) -> Picture:
    """Change what is said of a picture: description, caption, author, license, consent.

    :raises PermissionDenied: if this person may not, as nobody may while a picture is published or waits for it.
    :raises ValidationError: if what is said is not enough, or the picture is withdrawn.
    """
    # Asked of the picture as it is now: it may have been published while somebody was writing.
    now = _locked(picture)
    if not by.has_perm("pictures.change_words", now):
        raise PermissionDenied
    if now.is_withdrawn:
        raise ValidationError(_("This picture is withdrawn."))
    picture.full_clean()
    picture.save(update_fields=WORDS)
    write("pictures.change_words", picture, by=by)
    return picture


@transaction.atomic
def propose_words(picture: Picture, *, by: User) -> Proposal:
    """Hand in what shall be said of a published picture; somebody else approves it.

    :raises PermissionDenied: if this person may not propose anything for its place.
    :raises ValidationError: if it is not published, or withdrawn, if nothing is changed, what is said is not enough, or a change of theirs waits already.
    """
    try:
        proposal = begin((KIND, picture.place, str(picture.pk)), uuid.uuid4(), by=by)
        proposal = save_draft(proposal, words_of(picture), proposal.version, by=by).proposal
        return submit(proposal, by=by)
    except ObjectDoesNotExist:
        raise ValidationError(_("This picture is not published, or not any more.")) from None
    except TransitionNotAllowed:
        said = _("You have a change of this waiting. Take it back or wait until it is decided.")
        raise ValidationError(said) from None
    except Overtaken:
        said = _("These words were changed meanwhile. Look at your draft in the workspace.")
        raise ValidationError(said) from None


@transaction.atomic
def try_again(picture: Picture, *, by: User) -> Picture:
    """Have the renditions made again of a picture for which that has failed.

    :raises PermissionDenied: if this person may not change the pictures of its place.
    """
    if not by.has_perm("pictures.try_again", picture):
        raise PermissionDenied
    if Picture.objects.filter(pk=picture.pk, state=PictureState.FAILED).update(state=PictureState.MAKING):
        write("pictures.try_again", picture, by=by, before=PictureState.FAILED, after=PictureState.MAKING)
        make_renditions.defer(picture_id=picture.pk)
    picture.refresh_from_db()
    return picture


@transaction.atomic
def publish_picture(picture: Picture, *, by: User | None = None) -> Picture:
    """Let everybody see a picture, because something in which it stands is published; once and for all.

    Whoever publishes that has asked for the permission. A withdrawn picture stays withdrawn.
    """
    now = _locked(picture)
    if now.published_at is None and not now.is_withdrawn:
        now.published_at = timezone.now()
        now.save(update_fields=["published_at"])
        write("pictures.publish_picture", now, by=by)
    picture.published_at, picture.state = now.published_at, now.state
    return picture


def publish_pictures_in(*texts: str, place: str, by: User | None = None) -> None:
    """Let everybody see the pictures in texts that are published for a place: its own, and those of the whole network.

    Those of other places are left alone: nobody can publish them by naming their numbers.
    """
    for picture in _own(pictures_in(*texts), place):
        publish_picture(picture, by=by)


@transaction.atomic
def withdraw_picture(picture: Picture, reason: Reason, *, by: User) -> Picture:
    """Take a picture out everywhere at once, and delete its files; the row stays, and says so where it stood.

    :raises PermissionDenied: if this person may not change the pictures of its place.
    :raises TransitionNotAllowed: if it is withdrawn already.
    """
    if not by.has_perm("pictures.withdraw", picture):
        raise PermissionDenied
    # Before the picture, as those do who approve its words.
    hold_history(KIND, str(picture.pk))
    picture = _locked(picture)
    if PictureState.WITHDRAWN not in STEPS[picture.state]:
        raise TransitionNotAllowed(f"{picture.pk}: {picture.state}")
    before, files = picture.state, [picture.original.name, *picture.renditions.values_list("file", flat=True)]
    picture.renditions.all().delete()
    picture.state, picture.withdrawn_at, picture.withdrawn_because = PictureState.WITHDRAWN, timezone.now(), reason
    # The words go with the picture: they may describe or name who no longer wants to be shown.
    picture.original = picture.alt_th = picture.alt_en = picture.caption_th = picture.caption_en = ""
    picture.author = picture.consent_keeper = ""
    picture.consent_on = None
    picture.save()
    forget_words(kind_named(KIND), str(picture.pk), Why.WITHDRAWN, by=by)
    write("pictures.withdraw_picture", picture, by=by, before=before, after=picture.state, reason=reason)
    # As a job, so that a storage that is away just now is asked again.
    delete_files.defer(names=[name for name in files if name])
    return picture


def _locked(picture: Picture) -> Picture:
    """Return the picture as it is now, and keep everybody else from changing it until the end."""
    return Picture.objects.select_for_update(no_key=True).get(pk=picture.pk)


def _own(numbers: Iterable[int], place: str) -> Iterable[Picture]:
    return Picture.objects.filter(pk__in=list(numbers), place__in={place, ""}).order_by("pk")
