"""The network of partners: as a picture, as a table, as a file, and as it would be without one of them."""

import datetime as dt
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_safe

from learningcity.common.sending import for_programs
from learningcity.opendata.queries import TABLE_FORMATS, file_of_rows
from learningcity.opendata.queries.changes import content_version
from learningcity.partners.actions.network import ask_for_layout
from learningcity.partners.queries.network.figures import Figures
from learningcity.partners.queries.network.layout import Layout
from learningcity.partners.queries.network.pictures import SMALL, layout_of
from learningcity.partners.queries.network.ties import Scope
from learningcity.portal.exports import network_words as words
from learningcity.portal.exports.network import DARK, LIGHT
from learningcity.portal.exports.network_scene import drawing_for
from learningcity.portal.exports.network_table import in_both, row_of, table_of, told_of_file
from learningcity.portal.forms.network import AgreementNetworkFilter, NetworkFilter
from learningcity.portal.queries.lists import part_of_network
from learningcity.portal.queries.network import Answer, Question, Ties, Unknown, in_order, read_answer
from learningcity.portal.registry.entries import address
from learningcity.portal.views.cities import period
from learningcity.portal.views.data_files import rows_sent
from learningcity.portal.views.errors import NothingHere
from learningcity.portal.views.lists import page_of

# What can be looked through on a phone; who asks for more sees the sixty-two of one large agreement at once.
FEW, MANY = 20, 70
TITLE = gettext_lazy("Who works with whom")


@login_not_required
@require_safe
def network(request: HttpRequest) -> HttpResponse:
    """Show who works with whom: a small network as a picture of links, a large one as an overview that leads to it."""
    answer, form = _asked(request)
    layout = _layout(answer)
    size = MANY if request.GET.get("rows") == "many" else FEW
    page = page_of(in_order(answer.figures, request.GET.get("sort", "")), request, size=size)
    is_small = len(answer.whole.nodes) <= SMALL
    context = {
        "form": form,
        "page": page,
        "many": MANY if size < MANY and page.has_other_pages() else 0,
        "table": table_of(page, lambda one: _without(answer, one)),
        "drawing": drawing_for(answer, layout) if layout and is_small else None,
        "files": [part_of_network(in_both(TITLE), _query(answer))],
        "connected": words.connected_of(answer),
        "counted": words.counted_of(answer),
    }
    return _shown(request, "portal/network/network.html", _context(answer, layout) | context)


@login_not_required
@require_safe
def network_picture(request: HttpRequest) -> HttpResponse:
    """Show the picture of a network on a page of its own, in its full size."""
    answer, _form = _asked(request)
    layout = _layout(answer)
    context = {"drawing": drawing_for(answer, layout) if layout else None}
    return _shown(request, "portal/network/picture.html", _context(answer, layout) | context)


@login_not_required
@require_safe
def network_svg(request: HttpRequest) -> HttpResponse:
    """Show the picture as a file, for looking at only."""
    answer, _form = _asked(request)
    layout = _layout(answer)
    if layout is None:
        raise NothingHere(_("This picture is still being drawn. Come back in a minute."))
    tone = DARK if request.GET.get("tone") == "dark" else LIGHT
    context = {"drawing": drawing_for(answer, layout), "tone": tone, "linked": False}
    return render(request, "portal/network/picture.svg", context, content_type="image/svg+xml")


@for_programs
def network_file(request: HttpRequest, extension: str) -> HttpResponseBase:
    """Send all figures as a file.

    :raises Http404: if there is no such network, or no such kind of file.
    """
    answer, _form = _asked(request)
    if extension not in TABLE_FORMATS:
        raise Http404
    told = told_of_file(in_both(TITLE), f"{address('network')}{_query(answer)}")
    return rows_sent(
        request,
        f"{_file_name(answer)}.{extension}",
        lambda form: file_of_rows(map(row_of, answer.figures), told, form),
        lambda _ready: f'<{told.credit["url"]}>; rel="cite-as"',
    )


def _file_name(answer: Answer) -> str:
    return f"{answer.question.scope.key.replace(':', '-')}-network"


def _asked(request: HttpRequest) -> tuple[Answer, Form]:
    """Return what the address asks for, and the form that shows it.

    :raises NothingHere: if there is no such agreement or organization.
    """
    given = request.GET
    without = given.get("without", "")
    if agreement := given.get("agreement", ""):
        ties = given.get("ties", "")
        question = Question(Scope(agreement=agreement), ties if ties in set(Ties) else "", without)
        answer = _answer(question)
        return answer, AgreementNetworkFilter(given, title=str(answer.place))
    form = NetworkFilter(given)
    return _answer(Question(Scope(city=form.chosen("city")), form.chosen("ties"), without)), form


def _answer(question: Question) -> Answer:
    try:
        return known_answer(question, timezone.localdate(), content_version(), period())
    except Unknown as problem:
        name = str(problem.args[0])[:60]
        raise NothingHere(_("There is nothing called “%(name)s” in the network.") % {"name": name}) from None


@lru_cache(maxsize=8)
def known_answer(question: Question, today: dt.date, version: int, period: int) -> Answer:
    """Return the network that the question asks for; it is read anew as soon as anything on the site changes.

    :raises Unknown: if there is no such network.
    """
    return read_answer(question, on=today)


def _layout(answer: Answer) -> Layout | None:
    """Return where the nodes stand; if that is not known yet, have the worker find it out."""
    layout = layout_of(answer.question.scope, answer.whole)
    if layout is None:
        ask_for_layout(answer.question.scope)
    return layout


def _context(answer: Answer, layout: Layout | None) -> dict[str, Any]:
    return {
        "answer": answer,
        "finding": words.finding_of(answer),
        "query": _query(answer),
        "query_with_all": _query(answer, without=""),
        "gone_name": answer.gone.node.name if answer.gone else "",
        "is_waiting": layout is None,
        "tone": LIGHT,
        "linked": True,
    }


def _shown(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    response = render(request, template, context)
    if context["is_waiting"]:
        # The picture comes without any change of content, which would make the page anew.
        response["Cache-Control"] = "no-store"
    return response


def _query(answer: Answer, **changes: str) -> str:
    """Return the part of an address that asks for the same, with these changes."""
    question = answer.question
    asked = {
        "city": question.scope.city,
        "agreement": question.scope.agreement,
        "ties": question.ties,
        "without": question.without,
        **changes,
    }
    kept = {name: value for name, value in asked.items() if value}
    return f"?{urlencode(kept)}" if kept else ""


def _without(answer: Answer, one: Figures) -> str:
    """Return where the network is shown without this organization."""
    return reverse("network") + _query(answer, without=one.node.slug)
