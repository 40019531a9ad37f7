from __future__ import annotations

from django.db import transaction
from procrastinate import exceptions

from learningcity.partners.queries.network.ties import Scope
from learningcity.partners.tasks.network import lay_out


def ask_for_layout(scope: Scope) -> None:
    """Have the worker lay a network out, unless that was asked for already."""
    job = lay_out.configure(queueing_lock=f"partners.network.{scope.key}")
    try:
        # Within a savepoint: being refused must not spoil what the caller does besides.
        with transaction.atomic():
            job.defer(city=scope.city, agreement=scope.agreement)
    except exceptions.AlreadyEnqueued:
        return
