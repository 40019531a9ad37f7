"""Counts and times for Prometheus, shown only to who brings METRICS_TOKEN."""

import hmac
import os
import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest, multiprocess
from prometheus_client.registry import REGISTRY

SECONDS = Histogram(
    "learningcity_request_seconds",
    "Time from request to answer, by view; answers from the page cache are not in here.",
    ["view", "method", "status"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5),
)
FROM_CACHE = Counter("learningcity_pages_from_cache", "Pages served from the page cache.")
METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}


def measure(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Time every request under the name of its view: an address would make a new row for each visitor's typo."""

    def middleware(request: HttpRequest) -> HttpResponse:
        started = time.perf_counter()
        response = get_response(request)
        view = request.resolver_match.view_name if request.resolver_match else "none"
        method = request.method if request.method in METHODS else "other"
        SECONDS.labels(view, method, response.status_code).observe(time.perf_counter() - started)
        return response

    return middleware


@login_not_required
@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """Answer like a page that does not exist to whoever does not bring the token."""
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not settings.METRICS_TOKEN or not hmac.compare_digest(given.encode(), settings.METRICS_TOKEN.encode()):
        raise Http404
    lines = generate_latest(site_registry()) + generate_latest(job_registry())
    return HttpResponse(lines, content_type="text/plain; version=0.0.4; charset=utf-8")


def site_registry() -> CollectorRegistry:
    """Return the counts of this process, or of all its siblings where they share PROMETHEUS_MULTIPROC_DIR."""
    if not os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        return REGISTRY
    registry = CollectorRegistry()
    multiprocess.MultiProcessCollector(registry)
    return registry


def job_registry() -> CollectorRegistry:
    """Return how many jobs are waiting, running, done and failed, read from the database they live in."""
    registry = CollectorRegistry()
    jobs = Gauge("learningcity_jobs", "Jobs in the database, by state.", ["state"], registry=registry)
    try:
        with connection.cursor() as cursor:
            cursor.execute("select status::text, count(*) from procrastinate_jobs group by 1")
            for state, count in cursor.fetchall():
                jobs.labels(state).set(count)
    except DatabaseError:
        jobs.labels("unknown").set(0)
    return registry
