"""The stages of a run, each in small steps that are written down before the next begins."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from learningcity.audit.actions import move, write
from learningcity.common.addresses import Later, NotFetched
from learningcity.harvest.actions.files import Fetched, fetch_files
from learningcity.harvest.actions.known import ours_among, remember_twins, twin_of, twins_among
from learningcity.harvest.enums import OPEN, STEPS, Kind, Outcome, Problem, Reason, State
from learningcity.harvest.models import Copy, Finding, Run
from learningcity.harvest.queries.origins import allowed_hosts
from learningcity.harvest.tasks import ckan
from learningcity.harvest.tasks.listing import Asking, Page
from learningcity.harvest.tasks.reading import asking_of, next_page
from learningcity.harvest.tasks.remote import Remote, remote_from
from learningcity.harvest.tasks.robots import Harvester

# For a file that is busy, a run waits so often; then it goes on without it.
PATIENCE = 2
# Beyond this, so many are looked up one by one that it is a mistake of the list.
MOST_GONE_AT_ONCE = 200
# A record that became one of these is gone for the public.
CLOSED = (Reason.NOT_PUBLIC, Reason.NOT_OFFERED)


class Ended(Exception):
    """Somebody stopped the run, or it is over."""


@dataclass
class Work:
    """A run in the hands of a worker."""

    number: int
    fetcher: Harvester

    def run(self) -> Run:
        return Run.objects.select_related("origin").get(pk=self.number)

    def held(self) -> Run:
        """Return the run, and let nobody else change it until the transaction ends.

        :raises Ended: if it is over.
        """
        run = Run.objects.select_for_update(of=("self",)).select_related("origin").get(pk=self.number)
        if run.state not in OPEN:
            raise Ended
        return run

    def asking(self, run: Run) -> Asking:
        self.fetcher.allowed = allowed_hosts()
        asking = asking_of(run.origin, self.fetcher.allowed, run.scope)
        self.fetcher.limits = asking.fetcher.limits
        return Asking(**{**vars(asking), "fetcher": self.fetcher})


def gather(work: Work, run: Run) -> None:
    """Read the next part of the list, and go to the next stage after the last one."""
    page = next_page(run.origin, work.asking(run), run.cursor.get("at") or {})
    with transaction.atomic():
        run = work.held()
        note(run, page)
        run.cursor = {"at": page.cursor, "whole": page.is_whole, "learned": page.learned, "names": page.names}
        run.pauses = 0
        run.save(update_fields=["cursor", "pauses"])
        if page.cursor is None:
            move(run, to=State.FETCHING, steps=STEPS, by=None)


def note(run: Run, page: Page) -> None:
    """Write down the records of a part of the list, each once."""
    ours = ours_among(page.records)
    records = {
        one.id: replace(one, refusal=Reason.OURS, detail="") if one.id in ours else one
        for one in page.records
        if one.id
    }
    seen = set(run.findings.filter(remote_id__in=records).values_list("remote_id", flat=True))
    copies = run.origin.copies.filter(remote_id__in=records).select_related("dataset")
    copied = {copy.remote_id: copy for copy in copies}
    wanted = [one for key, one in records.items() if not (key in copied or one.refusal or one.deleted)]
    twins = twins_among(run.origin, wanted)
    remember_twins(run.origin, [(records[key], twin) for key, twin in twins.items()])
    fresh = []
    for key, record in records.items():
        if key in seen:
            continue
        copy = copied.get(key)
        if record.deleted or (copy and record.refusal in CLOSED):
            if copy and copy.gone_at is None:
                mark_gone(run, copy)
            continue
        fresh.append(finding_of(run, record, copy or twins.get(key)))
    Finding.objects.bulk_create(fresh)
    run.found += len(fresh)
    run.refused += sum(finding.outcome == Outcome.REFUSED for finding in fresh)
    run.unchanged += sum(finding.outcome == Outcome.UNCHANGED for finding in fresh)
    run.save(update_fields=["found", "refused", "unchanged"])


def finding_of(run: Run, record: Remote, copy: Copy | None) -> Finding:
    """Return a record as it is written down; one that is refused, or is as it was, is settled with that."""
    said: dict[str, Any] = {"record": record.as_json()}
    if copy and copy.origin_id != run.origin_id:
        said = twin_of(copy)
    elif copy and not record.refusal and is_as_it_was(run, record, copy):
        said = {"outcome": Outcome.UNCHANGED, "dataset": copy.dataset}
    if record.refusal:
        said = {"outcome": Outcome.REFUSED, "reason": record.refusal, "detail": record.detail[:300]}
    return Finding(run=run, remote_id=record.id, title=record.title[:300], **said)


def fetch(work: Work, run: Run) -> None:
    """Fetch the files of the next record."""
    finding = run.findings.filter(outcome=Outcome.FOUND, parts__isnull=True).order_by("pk").first()
    if finding is None:
        with transaction.atomic():
            move(work.held(), to=State.IMPORTING, steps=STEPS, by=None)
        return
    remote = remote_from(finding.record)
    copy = Copy.objects.filter(origin=run.origin_id, remote_id=finding.remote_id).first()
    work.asking(run)
    try:
        got = fetch_files(work.fetcher, remote, copy.files if copy else [])
    except Later:
        if run.pauses < PATIENCE:
            raise
        got = Fetched(
            parts=list(copy.files) if copy else [],
            left=[{"address": file.address, "why": Problem.BUSY} for file in remote.files],
            lacks=True,
        )
    with transaction.atomic():
        work.held()
        finding.parts, finding.left = got.parts, got.left
        finding.record = finding.record | {"lacks": got.lacks}
        finding.save(update_fields=["parts", "left", "record"])
        Run.objects.filter(pk=run.pk).update(pauses=0)


def is_as_it_was(run: Run, remote: Remote, copy: Copy) -> bool:
    """Tell whether nothing is to be done for a record; a table at an address shows only when it is fetched."""
    same = copy.fingerprint == remote.fingerprint and copy.gone_at is None and not copy.lacks
    return same and run.origin.kind != Kind.TABLE and not copy.dataset.is_withdrawn


def look_for_gone(work: Work, run: Run) -> None:
    """Mark what is no longer there; a catalog that can be asked for a single record is asked.

    :raises NotFetched: if a list that is empty would have everything gone.
    """
    missing = missing_copies(run)
    if not missing:
        return
    asks = run.origin.kind == Kind.CKAN
    if not asks and not run.findings.exists():
        raise NotFetched(Problem.EMPTY)  # type: ignore[arg-type]
    for copy in missing[:MOST_GONE_AT_ONCE]:
        if asks and not ckan.is_gone(work.asking(run), copy.remote_id):
            continue
        with transaction.atomic():
            mark_gone(work.held(), copy)


def missing_copies(run: Run) -> list[Copy]:
    """Return the copies that the list should have named and did not."""
    standing = run.origin.copies.filter(gone_at__isnull=True).exclude(remote_id__in=run.findings.values("remote_id"))
    if run.cursor.get("whole"):
        return list(standing.order_by("pk"))
    names = run.cursor.get("names")
    if names is None:
        return []
    return list(standing.exclude(remote_name__in=names).order_by("pk"))


def mark_gone(run: Run, copy: Copy) -> None:
    """Write down that a record is gone; its dataset stays until a person withdraws it."""
    copy.gone_at = timezone.now()
    copy.save(update_fields=["gone_at"])
    said = {"outcome": Outcome.GONE, "dataset": copy.dataset, "title": str(copy.dataset)[:300]}
    Finding.objects.update_or_create(run=run, remote_id=copy.remote_id, defaults=said)
    Run.objects.filter(pk=run.pk).update(gone=F("gone") + 1)
    run.gone += 1
    write("harvest.gone", copy.dataset, by=None, origin=run.origin_id)
