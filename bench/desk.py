"""The officer's desk, the queue and the saving of a draft: `python -m bench.desk` prints JSON for the database it is given.

Runs in a process of its own and leaves nothing behind: people, roles and proposals are rolled back. The bare view is asked in
the same process, in the same way, so that the others can be compared with it.
"""

from __future__ import annotations

import datetime as dt
import json
import statistics
import subprocess
import time
from typing import Any

import django

from learningcity.config.launch.local import ROOT, python

ROUNDS = 30
# So many proposals wait in every city.
WAITING = 2


BARE = "the bare view"


def run(variables: dict[str, str]) -> dict[str, Any]:
    """Return what was measured with the database that these variables name."""
    command = python("-m", "bench.desk")
    done = subprocess.run(command, env=variables, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    return dict(json.loads(done.stdout))


def main() -> None:
    django.setup()
    from django.db import transaction  # noqa: PLC0415

    with transaction.atomic():
        print(json.dumps(measured()))
        transaction.set_rollback(True)


def measured() -> dict[str, Any]:
    """Return milliseconds and queries, for an officer of one city and for the secretariat."""
    from learningcity.cities.models import City  # noqa: PLC0415
    from learningcity.moderation.models import Proposal  # noqa: PLC0415

    city = City.objects.order_by("pk").first()
    officer, secretariat = person("editor", city), person("secretariat", None)
    fill_queues(officer)
    draft = Proposal.objects.create(kind="profile", key=str(city.pk), place=city.slug, author=officer, keeper=officer)
    draft.hands.create(user=officer)
    results: dict[str, Any] = {"waiting": Proposal.objects.filter(state="submitted").count()}
    results[BARE] = visit(officer, "/bare/")
    results["desk"] = visit(officer, "/workspace/")
    results["queue"] = visit(officer, "/workspace/queue/")
    results["desk of the secretariat"] = visit(secretariat, "/workspace/")
    results["queue of the secretariat"] = visit(secretariat, "/workspace/queue/")
    results["save of a draft"] = save(officer, draft)
    return results


def person(kind: str, city: Any) -> Any:
    from allauth.mfa.models import Authenticator  # noqa: PLC0415

    from learningcity.accounts.models import User  # noqa: PLC0415
    from learningcity.cities.models import Role  # noqa: PLC0415

    user = User.objects.create_user(email=f"bench-{kind}@example.org", name="Sample: bench")
    Role.objects.create(user=user, kind=kind, city=city, starts_on=dt.date(2020, 1, 1))
    # Without a second factor the secretariat is led to a page that asks for one.
    Authenticator.objects.create(user=user, type="webauthn", data={"name": "bench"})
    return user


def fill_queues(author: Any) -> None:
    """Put proposals into the queue of every city, as its own people would."""
    from django.utils import timezone  # noqa: PLC0415

    from learningcity.cities.models import City, Milestone  # noqa: PLC0415
    from learningcity.moderation.models import Proposal  # noqa: PLC0415

    now = timezone.now()
    stones: dict[str, list[int]] = {}
    for slug, pk in Milestone.objects.values_list("city__slug", "pk"):
        stones.setdefault(slug, []).append(pk)
    Proposal.objects.bulk_create(
        Proposal(
            kind="milestone",
            key=str(key),
            place=slug,
            state="submitted",
            author=author,
            keeper=author,
            submitted_at=now,
            values={"text_th": "ข้อความสังเคราะห์สำหรับวัดความเร็ว"},
        )
        for slug in City.objects.values_list("slug", flat=True)
        for key in stones.get(slug, [])[:WAITING]
    )


def visit(user: Any, path: str) -> dict[str, float]:
    """Return what one page costs somebody who is signed in.

    :raises RuntimeError: if the page is an error.
    """
    client = signed_in(user)
    return timed(lambda: client.get(path, headers={"host": "localhost"}), path)


def save(user: Any, draft: Any) -> dict[str, float]:
    """Return what it costs to save a draft in which one field changed."""
    from django.urls import reverse  # noqa: PLC0415

    client, path = signed_in(user), reverse("proposal-save", args=[draft.pk])
    sentences = iter(range(10 * ROUNDS))

    def once() -> Any:
        changes = json.dumps({"vision_th": f"ข้อความสังเคราะห์ {next(sentences)}"})
        return client.post(path, {"changes": changes, "since": "9999"}, headers={"host": "localhost"})

    return timed(once, path)


def signed_in(user: Any) -> Any:
    from django.conf import settings  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415

    client = Client()
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[1])
    return client


def timed(once: Any, path: str) -> dict[str, float]:
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    with CaptureQueriesContext(connection) as queries:
        response = once()
    if response.status_code != 200:
        raise RuntimeError(f"{path} answers {response.status_code}.")
    # Now, because the next visit empties the log.
    asked = len(queries)
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        once()
        times.append((time.perf_counter() - began) * 1000)
    return {"queries": asked, "p50_ms": statistics.median(times), "kb": len(response.content) / 1000}


if __name__ == "__main__":
    main()
