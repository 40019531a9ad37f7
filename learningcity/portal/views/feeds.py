"""Pages for machines: what changed, what there is, and what they may read."""

from collections.abc import Iterable
from itertools import islice
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import get_language, gettext as _
from django.views.decorators.http import require_safe

from learningcity.common.context import site
from learningcity.common.thai.words import clean
from learningcity.portal.queries.addresses import public_addresses
from learningcity.portal.queries.changes import Change, latest_changes
from learningcity.portal.queries.data_changes import latest_data_changes
from learningcity.portal.views.errors import NothingHere

MOST_CHANGES = 50
# A sitemap may hold 50,000 addresses; ours names each page in two languages.
PAGES_IN_SITEMAP = 20_000


@login_not_required
@require_safe
def changes(request: HttpRequest) -> HttpResponse:
    """Tell a feed reader what is new."""
    title = _("Changes – %(site)s") % {"site": site(request)["site"]["name"]}
    about = _("What happened in the learning cities, and what was changed on this site.")
    feed = empty_feed(request, "home", title, about)
    return filled(feed, latest_changes(MOST_CHANGES))


@login_not_required
@require_safe
def data_changes(request: HttpRequest) -> HttpResponse:
    """Tell a feed reader which datasets are new, changed or withdrawn."""
    title = _("Open data – %(site)s") % {"site": site(request)["site"]["name"]}
    about = _("Datasets that are new, changed or withdrawn.")
    feed = empty_feed(request, "datasets", title, about)
    return filled(feed, latest_data_changes(MOST_CHANGES))


def empty_feed(request: HttpRequest, page: str, title: str, about: str) -> Atom1Feed:
    """Return a feed without entries, that goes with a page of ours."""
    here, language = site(request)["site"], get_language()
    host, path = urlsplit(settings.SITE_URL).hostname, "data/changes" if page == "datasets" else "changes"
    return Atom1Feed(
        title=title,
        link=settings.SITE_URL + reverse(page),
        description=about,
        language=language,
        author_name=str(here["name"]),
        feed_url=here["page_url"],
        feed_guid=f"tag:{host},2026:{language}/{path}",
    )


def filled(feed: Atom1Feed, found: Iterable[Change]) -> HttpResponse:
    """Return a feed with what changed."""
    host, language = urlsplit(settings.SITE_URL).hostname, get_language()
    for change in found:
        feed.add_item(
            title=clean(change.title),
            link=settings.SITE_URL + change.address,
            # Read as HTML by the reader.
            description=escape(clean(change.text)),
            unique_id=f"tag:{host},2026:{language}/{change.key}",
            pubdate=change.at,
            updateddate=change.at,
        )
    response = HttpResponse(content_type="application/atom+xml; charset=utf-8")
    feed.write(response, "utf-8")
    return response


@login_not_required
@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """Tell a search engine every page in both languages; in parts, once there are too many for one file."""
    part = request.GET.get("part", "1")
    if not part.isdecimal() or len(part) > 4 or int(part) < 1:
        raise NothingHere(_("The sitemap has no such part."))
    start = (int(part) - 1) * PAGES_IN_SITEMAP
    found = list(islice(public_addresses(), start, start + PAGES_IN_SITEMAP + 1))
    if not found:
        raise NothingHere(_("The sitemap has no such part."))
    if "part" not in request.GET and len(found) > PAGES_IN_SITEMAP:
        parts = range(1, -(-sum(1 for _address in public_addresses()) // PAGES_IN_SITEMAP) + 1)
        context = {"site_url": settings.SITE_URL, "parts": parts}
        return render(request, "portal/sitemap_index.xml", context, content_type="application/xml")
    context = {"site_url": settings.SITE_URL, "addresses": found[:PAGES_IN_SITEMAP]}
    return render(request, "portal/sitemap.xml", context, content_type="application/xml")


@login_not_required
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Tell robots that they are welcome on all pages that everybody may see."""
    closed = [f"Disallow: {prefix}/{path}" for path in ("account", "admin/") for prefix in ("", "/en")]
    lines = ["User-agent: *", *closed, "", f"Sitemap: {settings.SITE_URL}/sitemap.xml", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
