"""A kind of its own, so that tests of moderation rest on no other app's form: notes, kept as milestones."""

import datetime as dt
import uuid
from typing import Any

from django.utils import timezone

from learningcity.cities.models import City, Milestone
from learningcity.common.content import Pair, Section
from learningcity.common.forms import VagueDateField
from learningcity.moderation.enums import ProposalState
from learningcity.moderation.models import Hand, Proposal, Report, Revision
from learningcity.moderation.registry import Kind
from learningcity.sources.actions import named_source
from learningcity.sources.fields import SOURCE_FIELDS, SourcedForm, source_values
from tests.factories.cities import make_city, make_milestone, make_role


class NoteForm(SourcedForm):
    """What somebody types to change a note."""

    pairs = {"text": Pair(label="Text", hint="What happened.", example="The mayor signed.", limit=12, rows=3)}
    day = VagueDateField(label="Day")
    sections = (Section("What happened", ("text", "day")), Section("Source", SOURCE_FIELDS))


def values_of(note: Milestone) -> dict[str, Any]:
    said = {"text_th": note.text_th, "text_en": note.text_en, "day": note.happened_on.isoformat()}
    return said | source_values(note.source)


def save(note: Milestone | None, form: NoteForm, place: str) -> Milestone:
    said = form.cleaned_data
    note = note or Milestone(city=City.objects.get(slug=place), slug=f"note-{uuid.uuid4().hex[:8]}", original="th")
    note.text_th, note.text_en = said["text_th"], said["text_en"]
    note.happened_on, note.source = said["day"].date, named_source(said)
    note.save()
    return note


NOTE = Kind(
    name="note",
    label="note",
    plural="notes",
    model=Milestone,
    form=NoteForm,
    place_of=lambda note: note.city.slug,
    values_of=values_of,
    records_in=lambda place: Milestone.objects.filter(city__slug=place).select_related("city").order_by("pk"),
    save=save,
    title_of=lambda note: note.text,
    follows=("city",),
    remove=lambda note: note.delete(),
    personal=("text_th", "text_en"),
)


def make_officer(city: City | None = None, **changes: Any) -> Any:
    """Make a person who may edit for a city, or, told ``kind="approver"``, approve."""
    return make_role(city=city or make_city(), **changes).user


def make_note(**changes: Any) -> Milestone:
    return make_milestone(**{"text_th": "ลงนาม", "text_en": "Signed", **changes})


def make_proposal(**changes: Any) -> Proposal:
    """Make a draft of one note by an officer of its city."""
    if "author" not in changes:
        changes["author"] = make_officer()
    changes.setdefault("keeper", changes["author"])
    if changes.get("state", ProposalState.DRAFT) not in (ProposalState.DRAFT, ProposalState.WITHDRAWN):
        changes.setdefault("submitted_at", timezone.now())
    proposal = Proposal.objects.create(**{"kind": "note", **changes})
    Hand.objects.create(proposal=proposal, user=changes["author"])
    return proposal


def make_revision(**changes: Any) -> Revision:
    return Revision.objects.create(**{"kind": "note", "key": "1", "number": 1, "title": "A note", **changes})


def make_report(**changes: Any) -> Report:
    return Report.objects.create(**{"page": "/cities/", "text": "A letter is missing.", **changes})


LATER = timezone.now() + dt.timedelta(days=30)
