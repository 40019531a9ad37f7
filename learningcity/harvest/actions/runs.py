"""Runs begin, go on after an interruption, and end."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from learningcity.accounts.models import User
from learningcity.audit.actions import TransitionNotAllowed, move, write
from learningcity.common.addresses import Later, NotFetched
from learningcity.common.fetching import LONGEST_PAUSE
from learningcity.harvest.actions.importing import import_finding, settle
from learningcity.harvest.actions.stages import Ended, Work, fetch, gather, look_for_gone
from learningcity.harvest.enums import OPEN, STEPS, Outcome, Problem, Reason, Scope, State
from learningcity.harvest.models import Copy, Finding, Origin, Run
from learningcity.harvest.queries.notices import GONE
from learningcity.harvest.queries.origins import allowed_hosts, due_origins
from learningcity.harvest.tasks.robots import Harvester
from learningcity.moderation.registry import authority
from learningcity.notices.actions import notify

logger = logging.getLogger(__name__)
# Whoever lets us wait so often without anything having come is asked another day. A pause counts twice: its beginning,
# and the worker that goes on.
MOST_PAUSES = 8
# Any number will do, so long as nothing else in the project locks on it.
RUN_LOCK = 7_215_047
# What a run found is of interest for so long; its counts stay.
REMEMBERED = dt.timedelta(days=180)


@transaction.atomic
def begin_run(origin: Origin, scope: str, *, by: User) -> Run:
    """Have an origin harvested now.

    :raises PermissionDenied: if this person may not.
    :raises TransitionNotAllowed: if it is being harvested already, or is switched off.
    """
    if not by.has_perm("harvest.begin_run", origin):
        raise PermissionDenied
    return _begun(origin, Scope(scope), by)


def _begun(origin: Origin, scope: Scope, by: User | None) -> Run:
    origin = Origin.objects.select_for_update(of=("self",)).get(pk=origin.pk)
    if not origin.active or origin.runs.filter(state__in=OPEN).exists():
        raise TransitionNotAllowed(str(origin.pk))
    run = Run.objects.create(origin=origin, scope=scope, by=by)
    write("harvest.begin_run", run, by=by, after=State.WAITING, origin=origin.pk)
    _task(origin.pk).defer(run=run.pk)
    return run


def _task(origin: int, **when: Any) -> Any:
    # Never twice at once, however many workers there are.
    return app.configure_task("harvest.run", lock=f"harvest-{origin}", **when)


@transaction.atomic
def stop_run(run: Run, *, by: User) -> Run:
    """Stop a run; what it has written stays.

    :raises PermissionDenied: if this person may not.
    :raises TransitionNotAllowed: if it is over.
    """
    if not by.has_perm("harvest.stop_run", run):
        raise PermissionDenied
    run = Run.objects.select_for_update(of=("self",)).get(pk=run.pk)
    return _ended(run, State.STOPPED, by)


def begin_due_runs() -> int:
    """Begin what the clock asks for, and return how many it is."""
    count = 0
    for origin in due_origins(timezone.now()):
        try:
            with transaction.atomic():
                _begun(origin, Scope.CHANGES, None)
        except TransitionNotAllowed:
            continue
        count += 1
    return count


def forget_findings() -> int:
    """Delete what runs of long ago found; their counts stay."""
    return Finding.objects.filter(run__ended_at__lt=timezone.now() - REMEMBERED).delete()[0]


def work_on(number: int) -> None:
    """Harvest until the run is over, or the other side asks for a pause; goes on where an earlier worker stopped."""
    with _alone(number) as alone:
        if not alone or not Run.objects.filter(pk=number, state__in=OPEN).exists():
            return
        work = Work(number, Harvester(allowed_hosts()))
        try:
            _taken_up(work)
            while _step(work):
                pass
        except Ended:
            return
        except Later as pause:
            _pause(work, pause)
        except NotFetched as obstacle:
            _fail(work, obstacle.obstacle, obstacle.detail)
        except Exception:
            logger.exception("a run of harvesting broke off")
            _fail(work, Problem.BROKEN)


@contextmanager
def _alone(number: int) -> Iterator[bool]:
    """Tell whether no other worker has this run; the lock falls with the connection, if this one is killed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [RUN_LOCK, number])
        alone = cursor.fetchone()[0]
    try:
        yield alone
    finally:
        if alone:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [RUN_LOCK, number])


@transaction.atomic
def _taken_up(work: Work) -> None:
    """Count how often a worker began with the run without getting anywhere: one that stops every worker ends."""
    run = work.held()
    if not run.origin.active:
        run.problem = Problem.PAUSED
        _ended(run, State.FAILED, None)
    elif run.pauses > MOST_PAUSES:
        run.problem = Problem.BROKEN
        _ended(run, State.FAILED, None)
    elif run.state == State.WAITING:
        move(run, to=State.GATHERING, steps=STEPS, by=None)
    else:
        run.pauses += 1
        run.save(update_fields=["pauses"])


def _step(work: Work) -> bool:
    """Do the next small thing, and tell whether there is more to do."""
    run = work.run()
    if run.state == State.GATHERING:
        gather(work, run)
    elif run.state == State.FETCHING:
        fetch(work, run)
    elif run.state == State.IMPORTING:
        finding = run.findings.filter(outcome=Outcome.FOUND).order_by("pk").first()
        if finding is None:
            look_for_gone(work, run)
            _conclude(work)
            return False
        _import(work, finding)
    else:
        return False
    return True


def _import(work: Work, finding: Finding) -> None:
    """Write one record, or nothing of it; one that our catalog cannot hold keeps no other out."""
    try:
        with transaction.atomic():
            import_finding(work.held(), finding)
    except Ended:
        raise
    except Exception:
        logger.exception("a record could not be imported")
        with transaction.atomic():
            finding.refresh_from_db()
            settle(work.held(), finding, Outcome.REFUSED, Reason.UNREADABLE)


@transaction.atomic
def _conclude(work: Work) -> None:
    """End a run that went well, and tell those who decide what is gone."""
    run = work.held()
    seen = run.findings.exclude(outcome=Outcome.GONE).values("remote_id")
    copies = Copy.objects.filter(origin=run.origin_id)
    copies.filter(remote_id__in=seen).update(seen_at=timezone.now())
    if run.cursor.get("whole"):
        run.origin.twins.exclude(remote_id__in=seen).delete()
    # Where a file could not be fetched for a reason that passes, the same is asked for once more.
    if not copies.filter(lacks=True, gone_at__isnull=True).exists():
        memory = {**run.origin.memory, **(run.cursor.get("learned") or {})}
        Origin.objects.filter(pk=run.origin_id).update(memory=memory)
    if run.gone:
        for user in authority().approvers_of(run.origin.place):
            notify(user, GONE, run, by=None)
    _ended(run, State.DONE, None)


def _pause(work: Work, pause: Later) -> None:
    """Go on later, when the other side wants it; not for ever."""
    with transaction.atomic():
        run = work.run()
        if run.state not in OPEN:
            return
        if pause.seconds <= LONGEST_PAUSE and run.pauses < MOST_PAUSES:
            run.pauses += 1
            run.save(update_fields=["pauses"])
            _task(run.origin_id, schedule_in={"seconds": pause.seconds}).defer(run=run.pk)
            return
    _fail(work, Problem.BUSY, str(pause.seconds))


@transaction.atomic
def _fail(work: Work, problem: str, detail: str = "") -> None:
    try:
        run = work.held()
    except Ended:
        return
    run.problem, run.detail = problem, detail[:300]
    _ended(run, State.FAILED, None)


def _ended(run: Run, state: State, by: User | None) -> Run:
    if run.state not in OPEN:
        raise TransitionNotAllowed(f"{run.pk}: {run.state} -> {state}")
    run.ended_at, run.cursor = timezone.now(), {}
    move(run, to=state, steps=STEPS, by=by)
    run.findings.update(record={}, parts=None)
    return run
