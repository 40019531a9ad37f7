"""The least that a page of Django can do: two raw queries, twenty rows, a small template."""

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string

from learningcity.cities.models import City


@login_not_required
def bare(request: HttpRequest) -> HttpResponse:
    """Answer with twenty provinces, as many as there are at every number of cities."""
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from cities_province")
        (count,) = cursor.fetchone()
        cursor.execute("select code, name_th, name_en from cities_province order by sort_th limit 20")
        rows = cursor.fetchall()
    return HttpResponse(render_to_string("bench/bare.html", {"count": count, "rows": rows}))


COLUMNS = "slug name_th name_en province province__name_th province__name_en latitude longitude".split()


@login_not_required
def bare_cities(request: HttpRequest) -> HttpResponse:
    """Answer with a hundred cities as JSON, the least that a list for programs can be."""
    return JsonResponse({"items": list(City.objects.order_by("slug").values(*COLUMNS)[:100])})
