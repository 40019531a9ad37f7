"""Two questions that machines ask: is the process alive, and can it serve?"""

from functools import cache

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@login_not_required
@require_safe
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """Answer for as long as the process lives, whatever happens to the database."""
    return JsonResponse({"alive": True})


@login_not_required
@require_safe
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """Answer 200 when the database can be read and has the tables of this version, else 503 with what is missing."""
    missing = what_is_missing()
    return JsonResponse({"ready": not missing, "missing": missing}, status=503 if missing else 200)


def what_is_missing() -> list[str]:
    """Return what keeps this process from serving pages."""
    try:
        applied = MigrationRecorder(connection).applied_migrations()
    except DatabaseError:
        return ["database"]
    return [] if migrations() <= set(applied) else ["migrations"]


@cache
def migrations() -> frozenset[tuple[str, str]]:
    """Return the migrations that this version brings; reading them takes longer than asking the database."""
    return frozenset(MigrationLoader(None).disk_migrations or ())
