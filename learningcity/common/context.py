"""What every template may know about the site and the page's address."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest

from learningcity.common.text import LocalText

# Pages that are nobody's but the person's who reads them.
PRIVATE = ("/workspace/", "/account/", "/admin/", "/notices/", "/report/", "/roles/")


def report_path(path: str, thai_path: str) -> str:
    """Return where a reader reports an error on this page; nothing on pages that are not public."""
    if thai_path.startswith(PRIVATE):
        return ""
    return f"{'' if path == thai_path else '/en'}/report/?{urlencode({'page': thai_path}, safe='/')}"


def site(request: HttpRequest) -> dict[str, Any]:
    """Return the site's names and this page's address in both languages."""
    path = request.path_info
    thai_path = path.removeprefix("/en") if path == "/en" or path.startswith("/en/") else path
    thai_path = thai_path or "/"
    query = f"?{request.META['QUERY_STRING']}" if request.META.get("QUERY_STRING") else ""
    english = path != thai_path
    return {
        "site": {
            "name": LocalText(settings.SITE_NAME_TH, settings.SITE_NAME_EN),
            "url": settings.SITE_URL,
            "contact_email": settings.CONTACT_EMAIL,
            "is_demo": settings.DEMO,
            "language": "en" if english else "th",
            "other_language": "th" if english else "en",
            "other_language_path": (thai_path if english else f"/en{thai_path}") + query,
            "thai_url": f"{settings.SITE_URL}{thai_path}",
            "english_url": f"{settings.SITE_URL}/en{thai_path}",
            "page_url": f"{settings.SITE_URL}{path}",
            "report_path": report_path(path, thai_path),
        }
    }
