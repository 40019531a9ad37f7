"""A record becomes a dataset, or the next state of one; what a person changed by hand is never touched."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import F
from django.utils import timezone

from learningcity.audit.actions import write
from learningcity.common.slugs import free_slug
from learningcity.harvest.actions.files import parts_from
from learningcity.harvest.actions.known import marks_of_record, remember_twins, twin_by_contents, twin_of
from learningcity.harvest.enums import Outcome, Reason
from learningcity.harvest.models import Copy, Finding, Origin, Run
from learningcity.harvest.tasks.remote import Remote, digest, remote_from
from learningcity.opendata.actions import Part, add_version
from learningcity.opendata.models import Dataset, Distribution, Version
from learningcity.opendata.queries import newest_version
from learningcity.search.actions import index

# What is taken from a record, word by word.
WORDS = (
    *(f"{name}_{language}" for name in ("title", "notes", "origin", "maintainer") for language in ("th", "en")),
    *("maintainer_email", "data_type", "rhythm", "interval", "coverage", "category", "license"),
    *("first_year", "last_year", "landing_page"),
)
# Any number will do, so long as nothing else in the project locks on it.
NEW_RECORD_LOCK = 7_215_048
LISTS = ("keywords_th", "keywords_en", "objectives")


def settle(run: Run, finding: Finding, outcome: str, reason: str = "", **said: Any) -> None:
    """Write down what became of a record, and count it."""
    finding.outcome, finding.reason = outcome, reason
    for name, value in said.items():
        setattr(finding, name, value)
    finding.save(update_fields=["outcome", "reason", *said])
    Run.objects.filter(pk=run.pk).update(**{outcome: F(outcome) + 1}, pauses=0)


def import_finding(run: Run, finding: Finding) -> None:
    """Write one record into the catalog; whoever calls holds the run, in a transaction."""
    remote = remote_from(finding.record)
    copy = Copy.objects.select_for_update().filter(origin=run.origin_id, remote_id=finding.remote_id).first()
    parts = finding.parts or []
    if copy is None:
        # Two runs that bring the same record wait for each other here.
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [NEW_RECORD_LOCK])
        if twin := twin_by_contents(run.origin, remote, parts):
            remember_twins(run.origin, [(remote, twin)])
            settle(run, finding, **twin_of(twin))
            return
        dataset = begun(remote, run.origin)
        copy = Copy(origin=run.origin, remote_id=finding.remote_id, dataset=dataset)
        outcome: str = Outcome.NEW
        copy.written = {name: digest(getattr(dataset, name)) for name in (*WORDS, *LISTS)}
    else:
        dataset = Dataset.objects.select_for_update().get(pk=copy.dataset_id)
        if dataset.is_withdrawn:
            settle(run, finding, Outcome.REFUSED, Reason.WITHDRAWN_HERE, dataset=dataset)
            return
        changed = describe(dataset, remote, copy)
        outcome = Outcome.CHANGED if changed or copy.gone_at else Outcome.UNCHANGED
    if published(dataset, parts, copy, outcome):
        outcome = Outcome.NEW if outcome == Outcome.NEW else Outcome.CHANGED
    copy.remote_name, copy.remote_modified = remote.name, remote.modified
    copy.fingerprint, copy.gone_at, copy.seen_at = remote.fingerprint, None, timezone.now()
    copy.marks = marks_of_record(remote, copy.files)
    copy.lacks = bool(finding.record.get("lacks"))
    copy.save()
    if outcome != Outcome.UNCHANGED:
        write("harvest.import", dataset, by=None, after=outcome, origin=run.origin_id)
    settle(run, finding, outcome, dataset=dataset)


def values_of(remote: Remote) -> dict[str, Any]:
    """Return what a dataset says of itself, from a record; who knows more, where the record names nobody: this site."""
    said = {name: getattr(remote, name) for name in WORDS} | {name: list(getattr(remote, name)) for name in LISTS}
    if not remote.maintainer_email:
        said["maintainer_email"] = settings.CONTACT_EMAIL or settings.DEFAULT_FROM_EMAIL
        if not (remote.maintainer_th or remote.maintainer_en):
            said |= {"maintainer_th": settings.SITE_NAME_TH, "maintainer_en": settings.SITE_NAME_EN}
    return said


def begun(remote: Remote, origin: Origin) -> Dataset:
    """Store a dataset for a record that is new; it is not handed on: others may harvest it where it comes from."""
    slug = free_slug(Dataset.objects.all(), remote.title_en or remote.name)
    return Dataset.objects.create(slug=slug, place=origin.place, allow_harvest=False, **values_of(remote))


def describe(dataset: Dataset, remote: Remote, copy: Copy) -> bool:
    """Take over what the record says now, but for what a person changed; tell whether anything is different."""
    before, changed = {name: getattr(dataset, name) for name in (*WORDS, *LISTS)}, []
    for name, value in values_of(remote).items():
        if digest(before[name]) != copy.written.get(name):
            continue
        if before[name] != value:
            setattr(dataset, name, value)
            changed.append(name)
        copy.written[name] = digest(value)
    # Where a person wrote the other half of a pair, the two may not fit together; then it stays as it was.
    years = (dataset.first_year, dataset.last_year)
    ill_years = all(years) and years[0] > years[1]  # type: ignore[operator]
    nameless = not (dataset.title_th or dataset.title_en)
    for name in [*(("first_year", "last_year") if ill_years else ()), *(("title_th", "title_en") if nameless else ())]:
        setattr(dataset, name, before[name])
        copy.written[name] = digest(before[name]) if name in changed else copy.written[name]
        changed = [other for other in changed if other != name]
    if changed:
        dataset.changed_at = timezone.now()
        dataset.save(update_fields=[*changed, "changed_at"])
    return bool(changed)


def published(dataset: Dataset, parts: list[dict[str, Any]], copy: Copy, outcome: str) -> bool:
    """Publish the files as the next version, if anything is different; files that a person brought stay."""
    last = newest_version(dataset)
    if last and (prints(last) != [(one["name"], one["sha256"]) for one in copy.files] or not parts):
        offered = parts_that_stay(last)
    else:
        offered = parts_from(parts)
        copy.files = kept(parts)
    if offered:
        return add_version(dataset, offered, by=None).number > (last.number if last else 0)
    # Nothing to take away here: the dataset leads to where it comes from.
    if outcome != Outcome.UNCHANGED:
        index(dataset)
    return False


def kept(parts: list[dict[str, Any]]) -> list[Mapping[str, Any]]:
    """Return what is remembered of files, so that they need not be fetched or read again."""
    return [dict(one) for one in parts]


def prints(version: Version) -> list[tuple[str, str]]:
    """Return the name and fingerprint of each file of a version, in order."""
    return list(version.distributions.values_list("name", "file_id"))


def parts_that_stay(version: Version) -> list[Part]:
    """Return the files of a version as those of the next one."""
    return [again(one) for one in version.distributions.select_related("file", "table")]


def again(part: Distribution) -> Part:
    names = ("name", "format", "file", "title_th", "title_en", "table", "schema", "row_count", "problems")
    return Part(**{name: getattr(part, name) for name in names})
