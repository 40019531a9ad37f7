"""What pages with lists share."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import EmptyPage, Page, PageNotAnInteger, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from learningcity.portal.views.errors import NothingHere

# No list of ours is longer; a number with more digits is not worth reading.
LONGEST_NUMBER = 12


def page_of(items: "QuerySet[Any] | Sequence[Any]", request: HttpRequest, *, size: int) -> Page[Any]:
    """Return the page of the list that the address asks for, or the first.

    :raises NothingHere: if the list has no such page.
    """
    paginator = Paginator(items, size)
    wanted = request.GET.get("page", "")[:LONGEST_NUMBER] or "1"
    try:
        return paginator.page(wanted)
    except (EmptyPage, PageNotAnInteger) as problem:
        raise NothingHere(
            _("This list has no page “%(wanted)s”; its last page is %(last)s.")
            % {"wanted": wanted, "last": paginator.num_pages}
        ) from problem


def wants_fragment(request: HttpRequest) -> bool:
    """Tell whether htmx asks for the changing part alone; when it restores a page from history it needs the whole."""
    htmx = request.htmx  # type: ignore[attr-defined]
    return bool(htmx) and not htmx.history_restore_request
