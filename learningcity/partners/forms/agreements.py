from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext as _, gettext_lazy

from learningcity.common.circles import leads_to
from learningcity.common.content import Pair, Section
from learningcity.common.forms import VagueDateField
from learningcity.common.text import LANGUAGES
from learningcity.common.thai.dates import Precision, shown_date, shown_number
from learningcity.common.thai.reading import VagueDate
from learningcity.partners.enums import Announced, Capacity, PartyRole
from learningcity.partners.forms.organizations import lines_of, original_field
from learningcity.partners.models import Agreement, Goal, Party, Target
from learningcity.partners.queries import numbers_to_announce, organizations_named
from learningcity.sources.fields import SOURCE_FIELDS, SOURCE_HEADING, SOURCE_HINT, SourcedForm

GOALS = range(1, 18)
WHO = {
    PartyRole.SIGNED: gettext_lazy("Who signed"),
    PartyRole.TOOK_PART: gettext_lazy("Who took part in the signing"),
    PartyRole.SUPPORTS: gettext_lazy("Who supports it"),
}
HOW_MANY = {
    Announced.PARTIES: gettext_lazy("How many partners were announced"),
    Announced.GOALS: gettext_lazy("How many goals were announced"),
}
A_WHOLE_DAY = gettext_lazy(
    "A whole day: 17/9/2567, 17 ก.ย. 2567 or 2024-09-17. Leave it empty, if the document names none."
)


def whole_day(day: VagueDate | None) -> dt.date | None:
    """Return a date that was typed to the day.

    :raises ValidationError: if it is known to the month or the year only.
    """
    if day and day.precision != Precision.DAY:
        raise ValidationError(_("Write the whole day; somebody will be reminded of it."), code="vague")
    return day.date if day else None


def parties_name(role: str) -> str:
    """Return the name of the field for the parties that did this."""
    return f"parties_{role}"


def goal_folds() -> tuple[Section, ...]:
    """Return what is asked of each goal, under its number and name."""
    names = {goal.number: str(goal) for goal in Goal.objects.all()}
    return tuple(
        Section(names.get(number) or str(number), (f"goal_{number}", f"goal_{number}_targets")) for number in GOALS
    )


class AgreementForm(SourcedForm):
    """An agreement with its parties, the goals it serves, and the numbers that were announced with it."""

    pairs: ClassVar = {
        "title": Pair(
            label=gettext_lazy("Title"),
            hint=gettext_lazy("As the document calls itself."),
            example=gettext_lazy("“บันทึกข้อตกลงความร่วมมือ (MOU) เพื่อขับเคลื่อนจังหวัดสู่การเป็นเมืองแห่งการเรียนรู้ของ UNESCO”"),
            longest=300,
        ),
        "summary": Pair(
            label=gettext_lazy("In short"),
            hint=gettext_lazy("What they want to do together, in two or three sentences."),
            example=gettext_lazy(
                "“Every agency declared its will to work together in developing the city through learning.”"
            ),
            limit=120,
            required="",
            rows=4,
        ),
        "signed_where": Pair(
            label=gettext_lazy("Signed where"),
            hint=gettext_lazy("House and town."),
            example=gettext_lazy("“โรงแรมพูลแมน ราชาออคิด ขอนแก่น”"),
            required="",
            longest=200,
        ),
        "term": Pair(
            label=gettext_lazy("Term in words"),
            hint=gettext_lazy("Where the document names no day."),
            example=gettext_lazy("“three years from the signing”"),
            required="",
            longest=200,
        ),
        **{
            f"goal_{number}": Pair(
                label=format_lazy(gettext_lazy("Goal {}: the reason"), number),
                hint=gettext_lazy("Why the agreement serves this goal. Empty, if no source names the goal."),
                example=gettext_lazy("“The source says that it concerns quality education.”"),
                required="",
            )
            for number in GOALS
        },
    }
    sections = (
        Section(gettext_lazy("What was agreed"), ("title", "summary", "original")),
        Section(
            gettext_lazy("When and where"), ("signed_on", "signed_where", "starts_on", "ends_on", "term", "renews")
        ),
        Section(SOURCE_HEADING, SOURCE_FIELDS, SOURCE_HINT),
        Section(
            gettext_lazy("Who has a part"),
            tuple(parties_name(role) for role in PartyRole),
            gettext_lazy("One organization on each line, by its name, a short form, or its address here."),
        ),
        Section(
            gettext_lazy("What was announced"),
            tuple(f"announced_{of}" for of in Announced),
            gettext_lazy("Numbers of the city, with their sources. They stand beside what is entered here."),
        ),
        Section(
            gettext_lazy("Which goals it serves"),
            (),
            gettext_lazy("Only the goals that a source names. Nothing is filled in to reach a number."),
        ),
    )

    original = original_field()
    signed_on = VagueDateField(label=gettext_lazy("Signed on"), required=False)
    starts_on = VagueDateField(label=gettext_lazy("Valid from"), required=False, help_text=A_WHOLE_DAY)
    ends_on = VagueDateField(label=gettext_lazy("Valid to"), required=False, help_text=A_WHOLE_DAY)
    renews = forms.ChoiceField(
        label=gettext_lazy("Renews"),
        required=False,
        help_text=gettext_lazy("The older agreement that goes on in this one."),
    )

    def prepare(self) -> None:
        super().prepare()
        older = Agreement.objects.filter(city__slug=self.place).order_by("-signed_on", "pk")
        others = older.exclude(pk=self.record.pk) if self.record else older
        choices = [("", _("none")), *((one.slug, str(one.title)) for one in others)]
        self.fields["renews"].choices = choices  # type: ignore[attr-defined]
        for role in PartyRole:
            self.fields[parties_name(role)] = forms.CharField(
                label=WHO[role], required=False, max_length=50_000, widget=forms.Textarea(attrs={"rows": "5"})
            )
        numbers = [(str(one.pk), number_in_words(one)) for one in numbers_to_announce(self.place)]
        for of in Announced:
            self.fields[f"announced_{of}"] = forms.MultipleChoiceField(
                label=HOW_MANY[of], required=False, widget=forms.CheckboxSelectMultiple, choices=numbers
            )
        for goal in GOALS:
            self.fields[f"goal_{goal}_targets"] = forms.CharField(
                label=format_lazy(gettext_lazy("Goal {}: targets"), goal),
                required=False,
                max_length=100,
                help_text=gettext_lazy("Their numbers, for instance 4.4, 4.7. Empty, if only the goal is named."),
            )
        goals = replace(self.sections[-1], folds=goal_folds())
        self.sections = (*self.sections[:-1], goals)  # type: ignore[misc]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for name in ("starts_on", "ends_on"):
            try:
                cleaned[name] = whole_day(cleaned.get(name))
            except ValidationError as problem:
                self.add_error(name, problem)
        self._clean_order(cleaned)
        older = cleaned.get("renews")
        if self.record and leads_to(Agreement.objects.all(), "renews", older, self.record.slug, key="slug"):
            said = _("That agreement already renews this one; it cannot be the other way round as well.")
            self.add_error("renews", ValidationError(said, code="circle"))
        self._clean_parties(cleaned)
        for goal in GOALS:
            self._clean_goal(goal, cleaned)
        return cleaned

    def _clean_order(self, cleaned: dict[str, Any]) -> None:
        signed, ends = cleaned.get("signed_on"), cleaned.get("ends_on")
        begins = [day for day in (cleaned.get("starts_on"), signed.date if signed else None) if day]
        if ends and any(day > ends for day in begins):
            self.add_error("ends_on", ValidationError(_("It ends before it begins."), code="order"))

    def _clean_parties(self, cleaned: dict[str, Any]) -> None:
        told: dict[int, str] = {}
        for role in PartyRole:
            name = parties_name(role)
            found = []
            for line, bearers in organizations_named(lines_of(cleaned.get(name, ""))).items():
                if len(bearers) != 1:
                    words = _("There is no organization “%(name)s”. Enter it first, or write it as it is called here.")
                    several = _("Several organizations are called “%(name)s”. Write the address of the one you mean.")
                    self.add_error(name, ValidationError((several if bearers else words) % {"name": line}))
                elif bearers[0].pk in told:
                    self.add_error(name, ValidationError(_("“%(name)s” stands here twice.") % {"name": line}))
                else:
                    told[bearers[0].pk] = line
                    found.append(bearers[0])
            cleaned[name] = found

    def _clean_goal(self, goal: int, cleaned: dict[str, Any]) -> None:
        field = f"goal_{goal}_targets"
        codes = list(dict.fromkeys(cleaned.get(field, "").replace(",", " ").lower().split()))
        known = set(Target.objects.filter(goal=goal, code__in=codes).values_list("code", flat=True)) if codes else set()
        if missing := [code for code in codes if code not in known]:
            said = _("Goal %(goal)s has no target %(codes)s.") % {"goal": goal, "codes": ", ".join(missing)}
            self.add_error(field, ValidationError(said, code="unknown"))
        reasons = [cleaned.get(f"goal_{goal}_{language}") for language in LANGUAGES]
        if codes and not any(reasons):
            said = _("Say why the agreement serves this goal.")
            self.add_error(f"goal_{goal}_th", ValidationError(said, code="required"))
        if any(reasons) and not Goal.objects.filter(pk=goal).exists():
            self.add_error(f"goal_{goal}_th", ValidationError(_("This goal is not entered yet."), code="unknown"))
        cleaned[field] = codes


def number_in_words(number: Any) -> str:
    """Return a number of the city with its date and its source, to choose from."""
    day = shown_date(number.observed_on, number.observed_precision)
    return f"{number.indicator}: {shown_number(number.value)} ({day}; {number.source})"


class SignatoryForm(SourcedForm):
    """Somebody who acted at a signing, in the position held then."""

    pairs: ClassVar = {
        "title": Pair(
            label=gettext_lazy("Title before the name"),
            hint=gettext_lazy("Apart from the name, because Thai names sort by the given name."),
            example=gettext_lazy("“นาย”, “Mr”, “รศ.ดร.”"),
            required="",
            longest=60,
        ),
        "name": Pair(
            label=gettext_lazy("Name"),
            hint=gettext_lazy("Given name and surname, without a title, as the document writes it."),
            example=gettext_lazy("“ธีระศักดิ์ ฑีฆายุพันธุ์”, “Teerasak Teekayuphan”"),
            longest=150,
        ),
        "position": Pair(
            label=gettext_lazy("Position then"),
            hint=gettext_lazy("The office on the day of the signing, not today’s."),
            example=gettext_lazy("“นายกเทศมนตรีนครขอนแก่น”"),
            required="",
            longest=250,
        ),
    }
    sections = (
        Section(gettext_lazy("Who"), ("title", "name", "position")),
        Section(gettext_lazy("For whom, and what"), ("acts_for", "capacity", "signed_on")),
        Section(SOURCE_HEADING, SOURCE_FIELDS, SOURCE_HINT),
    )

    acts_for = forms.ChoiceField(
        label=gettext_lazy("For"),
        help_text=gettext_lazy("The party for which they acted; or the agreement alone, if no source says for whom."),
    )
    capacity = forms.ChoiceField(label=gettext_lazy("Did what"), choices=Capacity, initial=Capacity.SIGNED)
    signed_on = VagueDateField(label=gettext_lazy("Signed on"), required=False)

    def prepare(self) -> None:
        super().prepare()
        choices: list[tuple[str, str]] = [("", _("Choose …"))]
        parties = Party.objects.filter(agreement__city__slug=self.place).select_related("organization")
        for agreement in Agreement.objects.filter(city__slug=self.place).order_by("-signed_on", "pk"):
            choices.append((agreement.slug, _("%(agreement)s (nobody named)") % {"agreement": agreement.title}))
            own = [party for party in parties if party.agreement_id == agreement.pk]
            choices += [(f"{agreement.slug}/{one.organization.slug}", f"— {one.organization.name}") for one in own]
        self.fields["acts_for"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("capacity") == Capacity.TOOK_PART and cleaned.get("signed_on"):
            said = _("Somebody who did not sign has no day of signing.")
            self.add_error("signed_on", ValidationError(said, code="contradiction"))
        return cleaned
