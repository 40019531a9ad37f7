"""What can be done with imports: one verb, one function, one transaction, one audit entry."""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from collections.abc import Callable
from pathlib import Path, PurePath
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language, gettext as _

from learningcity.accounts.models import User
from learningcity.audit.actions import TransitionNotAllowed, move, write
from learningcity.common import quotas
from learningcity.common.sheets.guards import kind_of
from learningcity.imports import queries, tasks
from learningcity.imports.enums import FORGETTABLE, RELEASED, STEPS, Mode, State
from learningcity.imports.models import Import, Progress, Row
from learningcity.imports.queries.uploads import KIND
from learningcity.imports.registry import table_named
from learningcity.moderation import actions as moderation
from learningcity.moderation.enums import WRITABLE, ProposalState
from learningcity.moderation.models import Hand

# Spreadsheets may name people; what nobody goes on with is not kept.
PATIENCE = dt.timedelta(days=90)


@transaction.atomic
def upload_table(file: File[bytes], table: str, place: str, *, by: User) -> Import:
    """Take in a file for a table of a place, and have it checked; the same file twice is the same import.

    :raises PermissionDenied: if this person may not write for the place.
    :raises NotRegistered: if there is no such table.
    :raises Unreadable: if the file is no spreadsheet, or a harmful one.
    :raises ValidationError: if there were too many for the place today.
    """
    if not by.has_perm("imports.upload_table", place):  # type: ignore[arg-type]
        raise PermissionDenied
    upload = described(file, table, place)
    upload.by = by
    # Two clicks at once: the second one waits here, and then finds what the first one made.
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    same = Import.objects.filter(by=by, table=upload.table, place=place, sha256=upload.sha256)
    if found := same.filter(state__in=[State.UPLOADED, State.CHECKED]).first():
        return found
    today = Import.objects.filter(place=place, uploaded_at__gte=quotas.day_began())
    quotas.refuse_past(quotas.TABLES_A_DAY, today.count(), "file")
    upload.file = File(file, name=f"{uuid.uuid4().hex}.{upload.format}")
    keep(upload)
    write("imports.upload", upload, by=by, table=upload.table, place=place, format=upload.format, bytes=file.size)
    _defer(tasks.check, upload)
    return upload


def described(file: File[bytes], table: str, place: str) -> Import:
    """Return what can be said of a file before it is opened; nothing is stored.

    :raises NotRegistered: if there is no such table.
    :raises Unreadable: if the file is no spreadsheet, or a harmful one.
    """
    content: Any = file.file
    upload = Import(table=table_named(table).name, place=place, format=kind_of(content))
    file.seek(0)
    upload.sha256 = hashlib.file_digest(content, "sha256").hexdigest()
    file.seek(0)
    upload.name = PurePath(file.name or "").name[:150] or upload.format
    upload.language = "en" if get_language() == "en" else "th"
    return upload


def keep(upload: Import) -> None:
    """Store an import and a row for its progress."""
    upload.save(force_insert=True)
    Progress.objects.create(upload=upload)


@transaction.atomic
def check_again(upload: Import, *, by: User, seen: str | None = None) -> Import:
    """Check an import once more, for instance after what it names was added.

    :raises PermissionDenied: if this person may not write for the place.
    :raises TransitionNotAllowed: if it waits for approval, is written already, or is not what was seen.
    """
    upload = _locked(upload, seen)
    if not by.has_perm("imports.check_again", upload):
        raise PermissionDenied
    _refuse_waiting(upload)
    upload.problem = ""
    move(upload, to=State.UPLOADED, steps=STEPS, by=by)
    _defer(tasks.check, upload)
    return upload


@transaction.atomic
def submit_import(upload: Import, mode: str, note: str = "", *, by: User, seen: str | None = None) -> Import:
    """Hand an import to those who approve it.

    :raises PermissionDenied: if this person may not write for the place.
    :raises ValidationError: if it would change nothing, or is to be all rows or nothing and some are refused.
    :raises TransitionNotAllowed: if it is not checked, waits already, or is not what was seen.
    """
    upload = _locked(upload, seen)
    if not by.has_perm("imports.submit_import", upload):
        raise PermissionDenied
    _refuse_waiting(upload)
    if upload.state != State.CHECKED:
        raise TransitionNotAllowed(f"{upload.pk} is {upload.state}")
    refuse_mode(upload, mode)
    proposal = moderation.begin((KIND, upload.place, str(upload.pk)), uuid.uuid4(), by=by)
    # Saved anew even if it is the same choice: whoever has an earlier check before them has not seen this one.
    for said in ("", mode):
        proposal = moderation.save_draft(proposal, {"mode": said}, proposal.version, by=by).proposal
    # What is proposed are the words of whoever brought the file, whoever hands it in.
    if upload.by:
        Hand.objects.get_or_create(proposal=proposal, user=upload.by)
    moderation.submit(proposal, note, by=by)
    write("imports.submit", upload, by=by, mode=mode, rows=upload.rows_read, refused=upload.refused)
    return upload


def refuse_mode(upload: Import, mode: str) -> None:
    """Do nothing, if an import can be written this way.

    :raises ValidationError: if not.
    """
    if mode not in Mode.values:
        raise ValidationError(_("Choose what to do with the refused rows."))
    if not upload.added and not upload.changed:
        raise ValidationError(
            _("Everything in this file is on the site already, or refused: there is nothing to write.")
        )
    if mode == Mode.ALL and upload.refused:
        raise ValidationError(
            _("Some rows are refused. Mend them and upload the file again, or take only the good rows.")
        )


@transaction.atomic
def apply_import(upload: Import, *, by: User, seen: str | None = None) -> Import:
    """Approve an import, and have its rows written.

    :raises PermissionDenied: if this person had a hand in it, or does not approve for the place.
    :raises TransitionNotAllowed: if it does not wait for approval, or is not what was seen.
    """
    proposal = queries.proposal_of(_locked(upload, seen))
    if not by.has_perm("imports.see_import", upload):
        raise PermissionDenied
    if proposal is None or proposal.state != ProposalState.SUBMITTED:
        raise TransitionNotAllowed(f"{upload.pk} does not wait for approval")
    moderation.approve(proposal, by=by)
    upload.refresh_from_db()
    return upload


@transaction.atomic
def release(upload: Import, mode: str) -> Import:
    """Have the rows of an import written; moderation, or the command line, has said that they may.

    :raises ValidationError: if it is not ready for it any more.
    """
    upload = _locked(upload)
    if upload.state != State.CHECKED:
        raise ValidationError(
            _("This import is not ready to be written: %(state)s.") % {"state": upload.get_state_display()}
        )
    refuse_mode(upload, mode)
    upload.mode, upload.state = mode, State.APPLYING
    upload.save(update_fields=["mode", "state"])
    _defer(tasks.apply, upload)
    return upload


def check_now(path: Path, table: str, place: str) -> Import:
    """Check a file at once; for the command line, where nobody waits.

    :raises NotRegistered: if there is no such table.
    :raises Unreadable: if the file is no spreadsheet, or a harmful one.
    """
    with path.open("rb") as opened:
        upload = described(File(opened, name=path.name), table, place)
    keep(upload)
    tasks.check_file(upload, path)
    upload.refresh_from_db()
    return upload


def write_now(upload: Import, mode: str) -> Import:
    """Write the rows of a checked import at once, if there are any to write; for the command line, where nobody approves."""
    can_write = upload.added + upload.changed and not (mode == Mode.ALL and upload.refused)
    if upload.state == State.CHECKED and can_write:
        upload.mode = mode
        move(upload, to=State.APPLYING, steps=STEPS, by=None)
        tasks.apply_rows(upload.pk)
        upload.refresh_from_db()
    return upload


@transaction.atomic
def undo_import(upload: Import, *, by: User, seen: str | None = None) -> Import:
    """Have everything put back as it was before an import.

    :raises PermissionDenied: if this person brought it, or does not approve for the place.
    :raises TransitionNotAllowed: if it is not written, undone already, or not what was seen.
    """
    upload = _locked(upload, seen)
    if not by.has_perm("imports.undo_import", upload):
        raise PermissionDenied
    move(upload, to=State.UNDOING, steps=STEPS, by=by)
    _defer(tasks.undo, upload)
    return upload


@transaction.atomic
def discard_import(upload: Import, *, by: User, seen: str | None = None) -> Import:
    """Give an import up: its rows and its file are deleted, and nothing on the site changes.

    :raises PermissionDenied: if this person may not write for the place, or the import waits in somebody else's hand.
    :raises TransitionNotAllowed: if it is written already, or is not what was seen.
    """
    upload = _locked(upload, seen)
    if not by.has_perm("imports.discard_import", upload):
        raise PermissionDenied
    proposal = queries.proposal_of(upload)
    if proposal and proposal.state in (*WRITABLE, ProposalState.SUBMITTED, ProposalState.SCHEDULED):
        moderation.withdraw(proposal, by=by)
    return _discard(upload, by=by)


@transaction.atomic
def discard_forgotten_imports() -> int:
    """Discard what nobody handed in for a quarter of a year, and return how many imports it was."""
    left = Import.objects.filter(state__in=FORGETTABLE, uploaded_at__lt=timezone.now() - PATIENCE)
    forgotten = [upload for upload in left.order_by("pk") if not queries.waits_for_approval(upload)]
    for upload in forgotten:
        _discard(_locked(upload), by=None)
    return len(forgotten)


def _discard(upload: Import, *, by: User | None) -> Import:
    Row.objects.filter(upload=upload).delete()
    storage, name, upload.file = upload.file.storage, upload.file.name, ""
    move(upload, to=State.DISCARDED, steps=STEPS, by=by)
    if name:
        transaction.on_commit(lambda: storage.delete(name))
    return upload


def _refuse_waiting(upload: Import) -> None:
    """Do nothing for an import on which nobody has to decide.

    :raises TransitionNotAllowed: if it waits for approval.
    """
    if queries.waits_for_approval(upload):
        raise TransitionNotAllowed(f"{upload.pk} waits for approval")


def _locked(upload: Import, seen: str | None = None) -> Import:
    """Return the import as it stands, and let nobody else change it until the transaction ends.

    ``seen`` is what ``queries.shown_of`` said when the person looked.

    :raises TransitionNotAllowed: if it is not any more what the person saw.
    """
    now = Import.objects.select_for_update(no_key=True, of=("self",)).get(pk=upload.pk)
    if seen is not None and seen != queries.shown_of(now):
        raise TransitionNotAllowed(f"{upload.pk} has changed since it was looked at")
    return now


def _defer(task: Any, upload: Import) -> None:
    Progress.objects.filter(upload=upload).update(done=0, total=0)
    # One at a time: a second job for the same import waits for the first one, and then finds nothing to do.
    run: Callable[..., Any] = task.configure(lock=f"import-{upload.pk}").defer
    run(upload=upload.pk)


def is_released(upload: Import) -> bool:
    """Tell whether somebody has approved this import."""
    return upload.state in RELEASED
