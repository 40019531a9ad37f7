from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _, gettext_lazy

from learningcity.common.content import Pair, Section
from learningcity.common.forms import NumberField
from learningcity.library.enums import THAILAND, LifeStage, PlaceAccess, PlaceKind, Subject
from learningcity.library.forms.fields import WeekField, any_of, cost_field, one_of, original_field, url_field
from learningcity.pictures.fields import PhotoField
from learningcity.sources.fields import SOURCE_FIELDS, SOURCE_HEADING, SOURCE_HINT, SourcedForm


class PlaceForm(SourcedForm):
    """A place to which people go to learn."""

    pairs: ClassVar = {
        "name": Pair(
            label=gettext_lazy("Name"),
            hint=gettext_lazy("In full, as the place calls itself."),
            example=gettext_lazy("“Thai-Chinese Cultural Centre” (Khon Kaen City Municipality)"),
            longest=200,
        ),
        "summary": Pair(
            label=gettext_lazy("What one learns there"),
            hint=gettext_lazy("For whom it is and what there is to do, in two or three sentences."),
            example=gettext_lazy(
                "“One of the places for informal learning in the 360 Classroom of Khon Kaen.” (Khon Kaen City Municipality)"
            ),
            limit=120,
            required="",
            rows=4,
        ),
        "address": Pair(
            label=gettext_lazy("Postal address"),
            hint=gettext_lazy("Street, subdistrict, district: what somebody needs who wants to go there."),
            example=gettext_lazy("“Sanfun Courtyard, Thailand Knowledge Park” (TK Park, Bangkok)"),
            required="",
            longest=300,
        ),
        "area": Pair(
            label=gettext_lazy("Subdistrict or district"),
            hint=gettext_lazy("By which readers find what is near them; the list of places is ordered by it."),
            example=gettext_lazy("“Nai Mueang” (Khon Kaen)"),
            required="",
            longest=100,
        ),
        "hours": Pair(
            label=gettext_lazy("More on the opening hours"),
            hint=gettext_lazy("What a usual week does not say: public holidays, school holidays, by appointment."),
            example=gettext_lazy("“Closed on public holidays”"),
            required="",
            longest=300,
        ),
    }
    sections = (
        Section(gettext_lazy("What it is"), ("name", "kind", "subjects", "summary", "photo", "original")),
        Section(gettext_lazy("Whom it suits"), ("stages", "access", "cost")),
        Section(gettext_lazy("How to get there"), ("area", "address", "latitude", "longitude")),
        Section(gettext_lazy("When it is open, and whom to ask"), ("weekly", "hours", "contact", "url")),
        Section(SOURCE_HEADING, SOURCE_FIELDS, SOURCE_HINT),
    )

    kind = one_of(
        gettext_lazy("Kind"), PlaceKind, gettext_lazy("The Children’s Library of Khon Kaen is a library, for instance.")
    )
    subjects = any_of(
        gettext_lazy("Subjects"),
        Subject,
        gettext_lazy(
            "What one can learn there; none, if the source does not say. A weaving group: arts, music and crafts."
        ),
    )
    photo = PhotoField()
    original = original_field()
    stages = any_of(
        gettext_lazy("Life stages"),
        LifeStage,
        gettext_lazy(
            "For whom it is there; none, if the source does not say. A children’s library: early childhood and school age."
        ),
    )
    access = any_of(
        gettext_lazy("Access"),
        PlaceAccess,
        gettext_lazy("Only what the source says or what somebody has seen there. What is not ticked is not known."),
    )
    cost = cost_field(gettext_lazy("What a visit costs. A public library: free of charge."))
    latitude = NumberField(
        label=gettext_lazy("Latitude"),
        required=False,
        digits=8,
        places=5,
        help_text=gettext_lazy("North of the equator, for instance 16.438 for Khon Kaen. Both numbers, or neither."),
    )
    longitude = NumberField(
        label=gettext_lazy("Longitude"),
        required=False,
        digits=8,
        places=5,
        help_text=gettext_lazy("East of Greenwich, for instance 102.837 for Khon Kaen."),
    )
    weekly = WeekField(
        label=gettext_lazy("Opening hours of a usual week"),
        required=False,
        max_length=400,
        help_text=gettext_lazy(
            "Days and times, with a semicolon between: “Tue-Sun 9:00-17:00; Mon closed” or “จ.-ศ. 8.30-16.30 น.” Readers find by "
            "it what is open on weekends or in the evening."
        ),
    )
    contact = forms.CharField(
        label=gettext_lazy("Public contact"),
        required=False,
        max_length=200,
        help_text=gettext_lazy(
            "The number or mail address of the place itself, for instance of a library’s desk, only if the source publishes "
            "it; never that of a person."
        ),
    )
    url = url_field(help_text=gettext_lazy("Its own pages, for instance https://www.tkpark.or.th/."))

    def prepare(self) -> None:
        super().prepare()
        self.fields["photo"].offer(self.place)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        latitude, longitude = cleaned.get("latitude"), cleaned.get("longitude")
        untried = {"latitude", "longitude"} & self.errors.keys()
        if (latitude is None) != (longitude is None) and not untried:
            name = "latitude" if latitude is None else "longitude"
            self.add_error(name, ValidationError(_("A location needs latitude and longitude."), code="half"))
        for name, value, (least, most) in zip(("latitude", "longitude"), (latitude, longitude), THAILAND, strict=True):
            if value is not None and not least <= value <= most:
                said = _("This lies outside Thailand, between %(least)s and %(most)s. Are the two numbers swapped?")
                self.add_error(name, ValidationError(said % {"least": least, "most": most}, code="off_the_map"))
        return cleaned
