"""What a reader is told of a dataset in words: what its license allows, how to cite it, what its columns hold."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, gettext_lazy as _

from learningcity.common.thai.dates import shown_year
from learningcity.opendata.enums import LICENSE_TEXTS, License
from learningcity.opendata.queries import Entry, citation_of

FREELY = _("You may copy, change, publish and sell them, also as a part of something else.")
NAME_US = _("Name the publisher, link to this page, and say if you changed anything.")
MAY: dict[str, tuple[Promise, ...]] = {
    License.OGL_TH: (FREELY, NAME_US, _("Do not make it look as if the office endorsed what you do.")),
    License.CC0: (FREELY, _("You need not name anybody; readers of your work will thank you if you do.")),
    License.CC_BY: (FREELY, NAME_US),
    License.CC_BY_SA: (FREELY, NAME_US, _("What you make of them must stand under the same license.")),
    License.CC_BY_NC: (
        _("You may copy, change and publish them, as long as nobody earns money by it."),
        NAME_US,
    ),
    License.CC_BY_SA_IGO: (FREELY, NAME_US, _("What you make of them must stand under the same license.")),
    License.UNKNOWN: (_("Nobody said what may be done with them. Ask the contact before you publish anything."),),
}
# Kinds of files as people call them; others go by their letters.
CALLED = {"xlsx": "Excel (XLSX)", "parquet": "Parquet", "geojson": "GeoJSON"}


@dataclass(frozen=True, slots=True)
class Citation:
    """How to cite a version: in a line, and for programs that keep references."""

    line: str
    bibtex: str
    url: str


def called(form: str) -> str:
    """Return what people call a kind of file."""
    return CALLED.get(form, form.upper())


def terms_of(name: str) -> tuple[str, tuple[Promise, ...]]:
    """Return where the text of a license stands, and what it allows in plain words."""
    return LICENSE_TEXTS.get(License(name), ""), MAY[License(name)]


def citation_words(entry: Entry, number: int | None) -> Citation:
    """Return how to cite a version; its address stays as long as the site does."""
    dataset, version = entry.dataset, entry.version
    suffix = f"{number}/" if number else ""
    url = f"{settings.SITE_URL}/data/{dataset.slug}/{suffix}"
    said = {
        "author": f"{{{entry.owner.name.en or entry.owner.name.th}}}",
        "title": dataset.title.en or dataset.title.th,
        "year": str(version.made_at.year) if version else "",
        "version": str(number or ""),
        "publisher": settings.SITE_NAME_EN,
        "url": url,
    }
    lines = [f"  {name} = {{{braced(words)}}}," for name, words in said.items() if words]
    bibtex = "\n".join((f"@misc{{{dataset.slug}{f'-v{number}' if number else ''},", *lines, "}"))
    return Citation(citation_line(entry, number, url), bibtex, url)


def citation_line(entry: Entry, number: int | None, url: str) -> str:
    """Return how to cite a version in the reader's language; what leaves the site says it in English."""
    if get_language() != "th":
        return citation_of(entry, number)
    year = f" ({shown_year(entry.version.made_at.year)})" if entry.version and number else ""
    which = f", {gettext('Version %(number)s') % {'number': number}}" if number else ""
    return f"{entry.owner.name}{year}. {entry.dataset.title}{which}. {url}"


def braced(words: str) -> str:
    """Return words without the letters that would end a field of BibTeX or begin a command."""
    inner = re.sub(r"[\\%#$&_^~]", lambda found: f"\\{found[0]}" if found[0] in "%#$&_" else " ", words)
    return inner if inner.count("{") == inner.count("}") else inner.replace("{", "(").replace("}", ")")
