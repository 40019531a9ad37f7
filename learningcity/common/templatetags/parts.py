"""The parts pages are made of. Each is a tag with a template in parts/; /styleguide/ shows them all.

A name that a tag does not know stops the page: a misspelled option must never pass as a default.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BaseForm, BoundField
from django.template.loader import get_template
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy as _, pgettext_lazy

from learningcity.common import geo, pattern, pins as pinning, registry, tables
from learningcity.common.text import LANGUAGES

register = template.Library()

ICONS = {"search", "next", "previous", "outside", "download", "info", "warning", "uncertain", "pin", "print"}
CLOTHS = {"small": 4, "medium": 8, "large": 16}
SECTIONS = (
    ("cities/", pgettext_lazy("menu", "Cities")),
    ("practices/", pgettext_lazy("menu", "Good practices")),
    ("library/", pgettext_lazy("menu", "Learn")),
    ("partners/", pgettext_lazy("menu", "Partners")),
    ("awards/", pgettext_lazy("menu", "Awards")),
    ("data/", pgettext_lazy("menu", "Data")),
    ("sources/", pgettext_lazy("menu", "Sources")),
)
NOTICES = {"info": _("Note"), "warning": _("Attention"), "uncertain": _("Uncertain"), "success": _("Done")}


class UnknownOption(ValueError):
    """A part was asked for something it does not have."""


def one_of(value: str, known: Iterable[str], part: str) -> str:
    """Return the value if the part knows it.

    :raises UnknownOption: if not, naming what it knows.
    """
    if value not in known:
        raise UnknownOption(f"{part} knows {', '.join(sorted(known))}; not “{value}”.")
    return value


# --- Small things ---------------------------------------------------------------------------------------------------


@register.simple_tag
def address(path: str) -> str:
    """Return the address of a page of this site in the reader's language."""
    return f"/en/{path}" if get_language() == "en" else f"/{path}"


@register.simple_tag(takes_context=True)
def sections(context: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the main sections with their addresses; the one the reader is in is marked."""
    request = context.get("request")
    here = request.path_info if request else ""
    found = []
    for path, label in SECTIONS:
        target = address(path)
        current = "page" if here == target else "true" if here.startswith(target) else ""
        found.append({"address": target, "label": label, "is_current": current})
    return found


@register.simple_tag
def ways(user: Any) -> list[dict[str, Any]]:
    """Return the pages that whoever is signed in finds above the masthead."""
    in_order = sorted(registry.ways, key=lambda way: way.place)
    return [{"address": reverse(way.name), "label": way.label(user)} for way in in_order]


@register.simple_tag
def icon(name: str) -> SafeString:
    """Draw an icon; it says nothing to a screen reader, so words must stand beside it."""
    one_of(name, ICONS, "icon")
    return format_html(
        '<svg class="icon" aria-hidden="true" viewBox="0 0 20 20"><use href="{}#{}"/></svg>',
        static("common/icons.svg"),
        name,
    )


@register.simple_tag
def weave(code: str, size: str = "medium") -> SafeString:
    """Draw the cloth of a city as an ornament."""
    return pattern.svg(code, CLOTHS[one_of(size, CLOTHS, "weave")])


@register.simple_tag
def hem(code: str = pattern.SITE) -> SafeString:
    """Draw the border of a cloth, as wide as the page."""
    return pattern.hem(code)


@register.simple_tag
def site_mark() -> SafeString:
    """Draw the mark of the site."""
    return pattern.svg(pattern.SITE, CLOTHS["small"])


@register.inclusion_tag("parts/chip.html")
def chip(label: object, href: str = "", tone: str = "plain") -> dict[str, Any]:
    """Show a short tag, with a link or without."""
    return {"label": label, "href": href, "tone": one_of(tone, {"plain", "brand", "uncertain"}, "chip")}


@register.inclusion_tag("parts/button.html")
def button(label: object, href: str = "", kind: str = "primary", name: str = "", value: str = "") -> dict[str, Any]:
    """Show a button, or a link that looks like one where it leads to another page."""
    kinds = {"primary", "secondary", "quiet", "danger"}
    return {"label": label, "href": href, "kind": one_of(kind, kinds, "button"), "name": name, "value": value}


# --- Where am I -----------------------------------------------------------------------------------------------------


@register.inclusion_tag("parts/page_header.html")
def page_header(title: Any, kicker: object = "", lead: Any = "", code: str = "", size: str = "page") -> dict[str, Any]:
    """Show the head of a page: where, what, and one sentence."""
    one_of(size, {"page", "cover"}, "page_header")
    other = ""
    if hasattr(title, "lang") and title.th and title.en and title.th != title.en:
        other = title.th if title.lang == "en" else title.en
    return {"title": title, "other": other, "kicker": kicker, "lead": lead, "code": code, "size": size}


@register.inclusion_tag("parts/breadcrumb.html")
def breadcrumb(*trail: object) -> dict[str, Any]:
    """Show the way from the home page: label and address in turn, and the label of this page last; or an empty one."""
    if len(trail) % 2 == 0:
        raise UnknownOption("breadcrumb takes label and address in turn, and the label of this page last.")
    return {"steps": list(zip(trail[0:-1:2], trail[1::2], strict=True)), "here": trail[-1]}


@register.inclusion_tag("parts/breadcrumb.html", takes_context=True)
def own_breadcrumb(context: dict[str, Any], *trail: object) -> dict[str, Any]:
    """Show the way to one of the reader's own pages, which begins at the desk."""
    user = context.get("user")
    desks = [step for desk in registry.desks for step in (desk.label(user), reverse(desk.name))]
    return breadcrumb(*desks, *trail)


@register.inclusion_tag("parts/contents.html")
def contents(entries: Iterable[tuple[str, object]], label: object = _("On this page")) -> dict[str, Any]:
    """Show the contents of a page: pairs of an anchor and its heading."""
    return {"entries": list(entries), "label": label}


@register.inclusion_tag("parts/pagination.html", takes_context=True)
def pagination(context: dict[str, Any], page: Page[Any], target: str = "", anchor: str = "") -> dict[str, Any]:
    """Show the way through the pages of a list; with a target, htmx swaps only that; an anchor leads past what is above."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    here = f"#{anchor}" if anchor else ""
    return {"page": page, "numbers": list(numbers), "target": target, "here": here, "request": context.get("request")}


# --- What is said, and who says it ------------------------------------------------------------------------------------


@register.inclusion_tag("parts/figure.html")
def figures(groups: Iterable[Sequence[Any]], size: str = "normal") -> dict[str, Any]:
    """Show numbers: one group of observations for each indicator; a group of several shows that sources differ."""
    return {"groups": [list(group) for group in groups], "size": one_of(size, {"normal", "large"}, "figures")}


@register.inclusion_tag("parts/source_note.html")
def source_note(*sources: Any) -> dict[str, Any]:
    """Show where something comes from, one click away."""
    seen = {source.slug: source for source in sources if source}
    return {"sources": list(seen.values())}


@register.inclusion_tag("parts/text_block.html")
def text_block(value: Any, source: Any = None, size: str = "normal", headings: int = 3) -> dict[str, Any]:
    """Show a longer text, marked where it is our translation or stands in the other language."""
    one_of(size, {"normal", "quote"}, "text_block")
    return {"value": value, "source": source, "size": size, "headings": headings}


@register.inclusion_tag("parts/timeline.html")
def timeline(milestones: Iterable[Any]) -> dict[str, Any]:
    """Show what happened when."""
    return {"milestones": list(milestones)}


@register.inclusion_tag("parts/cite.html", takes_context=True)
def cite(context: dict[str, Any], title: object, url: str, accessed_on: Any) -> dict[str, Any]:
    """Show how to cite this page."""
    return {"site": context["site"], "title": title, "url": url, "accessed_on": accessed_on}


# --- Lists ------------------------------------------------------------------------------------------------------------


@register.inclusion_tag("parts/data_table.html", takes_context=True)
def data_table(context: dict[str, Any], table: tables.Table) -> dict[str, Any]:
    """Show a table; on a phone each row becomes a small list."""
    request = context.get("request")
    return {"table": table, "sort": request.GET.get("sort", "") if request else "", "request": request}


@register.inclusion_tag("parts/city_row.html")
def city_row(city: Any, href: str, *facts: object) -> dict[str, Any]:
    """Show a city in a list: its cloth, its name in both scripts, and what is worth knowing."""
    return {"city": city, "href": href, "facts": [fact for fact in facts if fact]}


@register.inclusion_tag("parts/city_map.html")
def city_map(
    pins: Iterable[pinning.Pin], finding: object, description: object = "", highlight: str = ""
) -> dict[str, Any]:
    """Draw the map of Thailand with pins; the table of the same places belongs beside it."""
    placed = pinning.placed(tuple(pins))
    return {
        "pins": placed,
        "finding": finding,
        "description": description,
        "map": geo.thailand(),
        "highlight": highlight,
    }


@register.simple_block_tag
def empty_state(content: str, title: object, label: object = "", href: str = "") -> str:
    """Show what a list is for while it is empty, and the first step."""
    return _rendered("parts/empty_state.html", content=content, title=title, label=label, href=href)


@register.simple_block_tag
def notice(content: str, kind: str = "info", title: object = "") -> str:
    """Show something that readers must not miss."""
    word = NOTICES[one_of(kind, NOTICES, "notice")]
    return _rendered("parts/notice.html", content=content, kind=kind, title=title, word=word)


# --- Forms ------------------------------------------------------------------------------------------------------------


@register.inclusion_tag("parts/field.html")
def field(bound: BoundField) -> dict[str, Any]:
    """Show a field of a form: label, hint, error, and the control."""
    widget = getattr(bound.field.widget, "input_type", "text")
    aside = "" if bound.field.required or widget == "checkbox" else _("(optional)")
    # A form names in `either` the texts of which one of the two languages is enough, but must be there.
    text, _line, language = bound.name.rpartition("_")
    if language in LANGUAGES and text in getattr(bound.form, "either", ()):
        aside = _("(one language is enough)")
    return {"field": bound, "widget": widget, "aside": aside}


@register.inclusion_tag("parts/error_summary.html")
def error_summary(form: BaseForm) -> dict[str, Any]:
    """Show what is wrong with a form, each error linked to its field."""
    return {"form": form, "fields": [bound for bound in form if bound.errors]}


@register.inclusion_tag("parts/filter_form.html")
def filter_form(form: BaseForm, action: str, target: str = "", label: object = _("Show")) -> dict[str, Any]:
    """Show a form that narrows a list; with a target, htmx swaps only that."""
    return {"form": form, "action": action, "target": target, "label": label}


@register.inclusion_tag("parts/search_field.html")
def search_field(value: str = "", field_id: str = "q", size: str = "normal", target: str = "") -> dict[str, Any]:
    """Show the field of the site's search; with a target, htmx shows results while typing."""
    one_of(size, {"normal", "large"}, "search_field")
    return {"value": value, "field_id": field_id, "size": size, "target": target, "action": address("search/")}


def _rendered(name: str, **values: Any) -> str:
    return get_template(name).render(values)
