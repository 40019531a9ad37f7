"""Every part of the site with a sample, for those who build pages and for the accessibility tests."""

import datetime as dt
from types import SimpleNamespace
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from learningcity.common.content import ContentForm, Item, Pair
from learningcity.common.pins import Pin
from learningcity.common.tables import Cell, Column, Table
from learningcity.common.text import LocalText
from learningcity.common.thai.dates import Precision
from learningcity.common.widgets import RichTextArea
from learningcity.moderation.queries import word_diff


class SampleForm(forms.Form):
    """A form with one field of each kind."""

    name = forms.CharField(label=_("Name of the place"), help_text=_("As it stands on the sign."))
    email = forms.EmailField(label=_("E-mail"), required=False)
    story = forms.CharField(label=_("What happened"), widget=RichTextArea({"rows": 4}), required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=[("park", _("park")), ("library", _("library"))])
    day = forms.ChoiceField(
        label=_("Day"), choices=[("sat", _("Saturday")), ("sun", _("Sunday"))], widget=forms.RadioSelect
    )
    agree = forms.BooleanField(label=_("I have read the terms"), required=False)


class SampleFilter(forms.Form):
    region = forms.ChoiceField(label=_("Region"), required=False, choices=[("", _("all")), ("north", _("North"))])
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("all")), ("province", _("province"))])


SOURCE = SimpleNamespace(
    slug="sample",
    title=LocalText("แหล่งข้อมูลตัวอย่าง", "A sample source"),
    publisher=LocalText("ผู้เผยแพร่ตัวอย่าง", "Sample publisher"),
    published_on=dt.date(2025, 1, 1),
    published_precision=Precision.YEAR,
)
CITIES = (
    ("chiang-mai", "เชียงใหม่", "Chiang Mai", 18.79, 98.98),
    ("chiang-rai", "เชียงราย", "Chiang Rai", 19.91, 99.83),
    ("phayao", "พะเยา", "Phayao", 19.17, 99.9),
    ("khon-kaen", "ขอนแก่น", "Khon Kaen", 16.43, 102.83),
    ("bangkok", "กรุงเทพมหานคร", "Bangkok", 13.75, 100.5),
    ("chachoengsao", "ฉะเชิงเทรา", "Chachoengsao", 13.69, 101.07),
    ("phuket", "ภูเก็ต", "Phuket", 7.88, 98.39),
    ("hat-yai", "หาดใหญ่", "Hat Yai", 7.01, 100.47),
    ("yala", "ยะลา", "Yala", 6.54, 101.28),
)


def observation(name: LocalText, unit: LocalText, value: str, **changes: Any) -> SimpleNamespace:
    """Return a sample that looks like an observation and claims nothing about anybody."""
    indicator = SimpleNamespace(name=name, unit=unit, definition=LocalText("คำนิยามตัวอย่าง", "A sample definition."))
    usual: dict[str, Any] = {
        "value": value,
        "qualifier": "exact",
        "observed_on": dt.date(2025, 1, 1),
        "observed_precision": Precision.YEAR,
        "source": SOURCE,
        "certainty": "stated",
        "note": LocalText("", ""),
        "get_qualifier_display": _("more than"),
        "get_certainty_display": _("uncertain"),
    }
    return SimpleNamespace(indicator=indicator, **(usual | changes))


@login_not_required
@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    """Show every part with a sample."""
    wrong = SampleForm({"name": "", "kind": "park", "email": "no"})
    return render(
        request,
        "portal/styleguide.html",
        samples()
        | {
            "form": SampleForm(auto_id="sample_%s"),
            "wrong": wrong,
            "written": written(),
            "now": timezone.now(),
            "pieces": word_diff("The library opens at nine.", "The library opens at ten, on Sundays too."),
            "filter": SampleFilter(),
            "page": Paginator(range(240), 20).get_page(request.GET.get("page", 5)),
        },
    )


class SampleWriting(ContentForm):
    """A form with one text in two languages."""

    pairs = {
        "motto": Pair(
            label=_("Motto"),
            hint=_("In one sentence. At most 30 words."),
            example=_("“Everybody learns, everywhere.”"),
            limit=30,
            rows=3,
        )
    }


def written() -> list[Item]:
    """Return one text in two languages as it is asked for, and one in which something is wrong."""
    asked = SampleWriting(initial={"motto_th": PARAGRAPH.th, "motto_en": PARAGRAPH.en})
    refused = SampleWriting({"motto_th": "", "motto_en": f"{PARAGRAPH.en} {PARAGRAPH.en}"})
    refused.auto_id = "refused_%s"
    refused.is_valid()
    return [asked.item("motto"), refused.item("motto")]


def samples() -> dict[str, Any]:
    """Return sample content; names of cities are real, every number is marked as a sample."""
    cities = [SimpleNamespace(slug=slug, name=LocalText(th, en), lat=lat, lon=lon) for slug, th, en, lat, lon in CITIES]
    headings = ((_("City"), False, "name"), (_("Latitude (°)"), True, ""), (_("Longitude (°)"), True, ""))
    return {
        "title": LocalText("หนังสือแบบ", "Style guide"),
        "lead": LocalText("ทุกชิ้นส่วนของเว็บไซต์นี้ พร้อมตัวอย่าง", "Every part of this site, with a sample."),
        "cities": cities,
        "source": SOURCE,
        "paragraph": PARAGRAPH,
        "only_thai": LocalText("ข้อความนี้มีเฉพาะภาษาไทย", ""),
        "only_english": LocalText("", "This text exists in English only."),
        "groups": groups(),
        "milestones": [milestone(*when) for when in MILESTONES],
        "table": Table(
            _("Places on the sample map"),
            tuple(Column(label, is_number, sort) for label, is_number, sort in headings),
            tuple((Cell(str(city.name), f"#{city.slug}"), Cell(city.lat), Cell(city.lon)) for city in cities),
        ),
        "pins": [Pin(str(city.name), city.lat, city.lon, f"#{city.slug}") for city in cities],
        "entries": SECTIONS,
        "today": dt.date(2026, 1, 31),
        "swatches": SWATCHES,
    }


def groups() -> list[list[SimpleNamespace]]:
    """Return one number, one that is uncertain, and one of which two sources say different things."""
    learners, places, partners = (
        LocalText("ตัวเลขตัวอย่าง: ผู้เรียน", "Sample number: learners"),
        LocalText("ตัวเลขตัวอย่าง: พื้นที่เรียนรู้", "Sample number: learning places"),
        LocalText("ตัวเลขตัวอย่าง: ภาคี", "Sample number: partners"),
    )
    nothing, earlier = LocalText("", ""), {"observed_on": dt.date(2024, 9, 1), "observed_precision": Precision.MONTH}
    return [
        [observation(learners, LocalText("คน", "people"), "12480")],
        [observation(places, nothing, "137", certainty="uncertain")],
        [
            observation(partners, nothing, "62"),
            observation(partners, nothing, "59", qualifier="more_than", **earlier),
        ],
    ]


def milestone(day: dt.date, precision: Precision, certainty: str) -> SimpleNamespace:
    """Return a sample that looks like a milestone."""
    return SimpleNamespace(
        happened_on=day,
        happened_precision=precision,
        text=PARAGRAPH,
        certainty=certainty,
        source=SOURCE,
        get_certainty_display=_("uncertain"),
    )


PARAGRAPH = LocalText(
    "เมืองแห่งการเรียนรู้คือเมืองที่ทุกคนเรียนรู้ได้ตลอดชีวิต ไม่ว่าจะอยู่ในห้องเรียน ในบ้าน ในตลาด หรือในสวนสาธารณะ",
    "A learning city is a place where everybody can learn throughout life: in class, at home, in the market or in a park.",
    "th",
)
MILESTONES = (
    (dt.date(2018, 1, 1), Precision.YEAR, "stated"),
    (dt.date(2020, 9, 1), Precision.MONTH, "uncertain"),
    (dt.date(2024, 2, 14), Precision.DAY, "stated"),
)
SWATCHES = "paper ink grey-1 grey-2 grey-3 brand accent data-1 data-2 data-3 data-4".split()
SECTIONS = (
    ("type", _("Type and color")),
    ("cloth", _("Cloth")),
    ("numbers", _("Numbers")),
    ("words", _("Words")),
    ("lists", _("Lists and tables")),
    ("map", _("Map")),
    ("forms", _("Forms")),
    ("writing", _("Writing")),
    ("messages", _("Messages")),
)
