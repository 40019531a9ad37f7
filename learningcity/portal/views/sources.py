from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Page
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext as _
from django.views.decorators.http import require_safe

from learningcity.common.tables import Cell, Column, Table
from learningcity.common.templatetags.common import number, text, when
from learningcity.portal.forms.sources import SourceFilter
from learningcity.portal.views.errors import NothingHere
from learningcity.portal.views.lists import page_of, wants_fragment
from learningcity.sources.models import Source
from learningcity.sources.queries import fact_groups, facts_per_source, sources_in_order

PAGE_SIZE = 25
# So many facts of a kind stand on the page of a source; the others have pages of their own.
FIRST_FACTS = 10


@login_not_required
@require_safe
def sources(request: HttpRequest) -> HttpResponse:
    """Show where everything on this site comes from."""
    form = SourceFilter(request.GET)
    page = page_of(sources_chosen(form), request, size=PAGE_SIZE)
    context = {"form": form, "page": page, "table": table_of(page)}
    return render(request, f"portal/sources.html{'#results' if wants_fragment(request) else ''}", context)


def sources_chosen(form: SourceFilter) -> QuerySet[Source]:
    """Return the sources that a reader chose, in the order of the language."""
    found = sources_in_order(get_language() or "th")
    kind = form.kind_chosen()
    return found.filter(kind=kind) if kind else found


def table_of(page: Page[Source]) -> Table:
    """Return a page of sources as a table."""
    facts = facts_per_source(*page.object_list)
    return Table(
        caption=_("Sources and how many facts rest on each"),
        columns=(
            Column(_("Source")),
            Column(_("Publisher")),
            Column(_("Kind")),
            Column(_("Published")),
            Column(_("License")),
            Column(_("Facts"), is_number=True),
        ),
        rows=tuple(
            (
                Cell(text(source.title), reverse("source", args=[source.slug])),
                Cell(text(source.publisher) if source.publisher else "–"),
                Cell(source.get_kind_display()),
                Cell(when(source.published_on, source.published_precision) or _("not dated")),
                Cell(source.license or _("not stated")),
                Cell(number(facts[source.pk])),
            )
            for source in page
        ),
    )


@login_not_required
@require_safe
def source(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one source and all that rests on it."""
    shown = get_object_or_404(Source, slug=slug)
    groups = fact_groups(shown)
    context = {"source": shown, "total": sum(group.count for group in groups), "today": timezone.localdate()}
    if kind := request.GET.get("kind", ""):
        chosen = next((group for group in groups if group.key == kind), None)
        if chosen is None:
            raise NothingHere(_("Nothing of the kind “%(kind)s” rests on this source.") % {"kind": kind[:40]})
        page = page_of(range(chosen.count), request, size=PAGE_SIZE)
        facts = chosen.facts(page.start_index() - 1, page.end_index())
        return render(request, "portal/source_facts.html", {**context, "group": chosen, "page": page, "facts": facts})
    context["groups"] = [(group, group.facts(0, FIRST_FACTS)) for group in groups]
    return render(request, "portal/source.html", context)
