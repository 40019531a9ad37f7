"""Pictures as they stand on a page."""

from collections.abc import Iterable

from django import template
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe

from learningcity.pictures.enums import Form
from learningcity.pictures.models import Picture, Rendition
from learningcity.pictures.queries import pictures_numbered

register = template.Library()

# As wide as the column of text, which is as wide as a phone.
COLUMN = "(min-width: 40rem) 37rem, 100vw"


@register.simple_tag
def picture(number: int, sizes: str = COLUMN) -> SafeString | str:
    """Show a picture with its caption, author and license; ``sizes`` says how wide it will be."""
    found = pictures_numbered([number])
    return figure(found[number], sizes) if number in found else ""


@register.inclusion_tag("pictures/thumbnail.html")
def thumbnail(picture: Picture | None, sizes: str = "9rem") -> dict[str, object]:
    """Show a picture small, without its caption; nothing, if there is none that everybody may see."""
    made = list(picture.renditions.all()) if picture and picture.is_public else []
    forms = [(form, srcset(each for each in made if each.form == form)) for form in (Form.AVIF, Form.WEBP)]
    fallback = next((each for each in made if each.form == Form.JPEG), None)
    return {"picture": picture, "sizes": sizes, "sources": [pair for pair in forms if pair[1]], "fallback": fallback}


def drawn(numbers: Iterable[int]) -> dict[int, str]:
    """Return the pictures with these numbers as they stand in a text."""
    return {number: figure(found) for number, found in pictures_numbered(set(numbers)).items()}


def figure(picture: Picture, sizes: str = COLUMN) -> SafeString:
    """Return a picture as HTML: the best that the browser can read, in the size it needs, without moving what is below.

    Of one that is not public, not ready or withdrawn, it says so.
    """
    made = list(picture.renditions.all())
    by_form = {form: [each for each in made if each.form == form] for form in Form}
    context = {
        "picture": picture,
        "sizes": sizes,
        "sources": [(form, srcset(by_form[form])) for form in (Form.AVIF, Form.WEBP) if by_form[form]],
        "fallback": by_form[Form.JPEG][-1] if by_form[Form.JPEG] else None,
        "fallback_srcset": srcset(by_form[Form.JPEG]),
    }
    return mark_safe(get_template("pictures/figure.html").render(context))  # noqa: S308 -- a template escapes


def srcset(renditions: Iterable[Rendition]) -> str:
    return ", ".join(f"{each.get_absolute_url()} {each.width}w" for each in renditions)
