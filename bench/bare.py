"""The least that a page of Django can do: two raw queries, twenty rows, a small template."""

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string


@login_not_required
def bare(request: HttpRequest) -> HttpResponse:
    """Answer with twenty provinces, as many as there are at every number of cities."""
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from cities_province")
        (count,) = cursor.fetchone()
        cursor.execute("select code, name_th, name_en from cities_province order by sort_th limit 20")
        rows = cursor.fetchall()
    return HttpResponse(render_to_string("bench/bare.html", {"count": count, "rows": rows}))
