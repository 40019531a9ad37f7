from __future__ import annotations

import datetime as dt
import hashlib

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from learningcity.accounts.models import User
from learningcity.audit.actions import TransitionNotAllowed, write
from learningcity.partners.enums import Visibility
from learningcity.partners.models import Agreement, AgreementFile

MEDIA_TYPE = "application/pdf"
LARGEST = 20_000_000


@transaction.atomic
def call_off(agreement: Agreement, on: dt.date, *, by: User) -> Agreement:
    """End an agreement before its last day.

    :raises PermissionDenied: if this person does not decide for the city.
    :raises ValidationError: if it was never signed, was signed later, or has ended by then.
    """
    agreement = Agreement.objects.select_for_update(of=("self",)).get(pk=agreement.pk)
    if not by.has_perm("partners.call_off", agreement):
        raise PermissionDenied
    if agreement.called_off_on or (agreement.ends_on and agreement.ends_on < on):
        raise ValidationError({"on": _("It has ended by then already.")})
    agreement.called_off_on = on
    agreement.full_clean()
    agreement.save(update_fields=["called_off_on"])
    write("partners.call_off", agreement, by=by, on=on)
    return agreement


@transaction.atomic
def attach_file(agreement: Agreement, upload: UploadedFile, *, by: User) -> AgreementFile:
    """Keep a document of an agreement, byte for byte, for those who take part in it.

    :raises PermissionDenied: if this person does not edit for the city.
    :raises ValidationError: if it is no PDF document, is too large, or is here already.
    """
    if not by.has_perm("partners.attach_file", agreement):
        raise PermissionDenied
    content = read_document(upload)
    digest = hashlib.sha256(content).hexdigest()
    file = AgreementFile(agreement=agreement, name=(upload.name or "")[-200:], sha256=digest)
    file.media_type, file.size = MEDIA_TYPE, len(content)
    # The name that somebody gave it stays a word: on the disk it is called by what it holds.
    file.file = ContentFile(content, name=f"{digest[:16]}.pdf")
    file.full_clean()
    file.save(force_insert=True)
    write("partners.attach_file", file, by=by, agreement=agreement.pk, sha256=digest)
    return file


def publish_file(file: AgreementFile, *, by: User) -> AgreementFile:
    """Let everybody read a document of an agreement.

    :raises PermissionDenied: if this person does not decide for the city.
    :raises TransitionNotAllowed: if it is public already.
    """
    return _show(file, Visibility.PUBLIC, "partners.publish_file", by)


def hide_file(file: AgreementFile, *, by: User) -> AgreementFile:
    """Let only those read a document who take part in its agreement.

    :raises PermissionDenied: if this person does not decide for the city.
    :raises TransitionNotAllowed: if it is not public.
    """
    return _show(file, Visibility.PRIVATE, "partners.hide_file", by)


@transaction.atomic
def _show(file: AgreementFile, visibility: Visibility, verb: str, by: User) -> AgreementFile:
    file = AgreementFile.objects.select_for_update(of=("self",)).select_related("agreement__city").get(pk=file.pk)
    if not by.has_perm(verb, file):
        raise PermissionDenied
    if file.visibility == visibility:
        raise TransitionNotAllowed(f"{file.pk} is {visibility}")
    before, file.visibility = file.visibility, visibility
    file.save(update_fields=["visibility"])
    write(verb, file, by=by, before=before, after=visibility)
    return file


def read_document(upload: UploadedFile) -> bytes:
    """Return what a PDF document holds; what it is called and what the browser says of it count for nothing.

    :raises ValidationError: if it is no PDF document, or is too large.
    """
    if (upload.size or 0) > LARGEST:
        raise ValidationError({"file": _("The file is larger than 20 MB. Make it smaller and choose it again.")})
    content = upload.read(LARGEST + 1)
    if not content.startswith(b"%PDF-") or b"%%EOF" not in content[-2048:]:
        raise ValidationError({"file": _("This is no PDF document. Save it as PDF and choose it again.")})
    return content
