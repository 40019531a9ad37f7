from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language, gettext as _
from django.views.decorators.http import require_safe

from learningcity.common.pattern import SITE
from learningcity.opendata.queries.changes import content_version
from learningcity.portal.exports.cards import draw_card
from learningcity.portal.queries.home import known_home_page
from learningcity.portal.views.cities import period, pins_of


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show what this site is, and the network as it stands today."""
    today = timezone.localdate()
    page = known_home_page(get_language() or "th", today, content_version(), period())
    return render(request, "portal/home.html", {"page": page, "today": today, "pins": pins_of(page.cities)})


@login_not_required
@require_safe
def card(request: HttpRequest) -> HttpResponse:
    """Show the picture with which links to this site appear elsewhere."""
    title = settings.SITE_NAME_TH if get_language() == "th" else settings.SITE_NAME_EN
    words = _("Facts with their sources, in Thai and English")
    return HttpResponse(draw_card(SITE, title, words, settings.SITE_URL.partition("://")[2]), content_type="image/png")
