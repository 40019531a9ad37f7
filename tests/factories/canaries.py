"""A world in which everything private holds a word that stands nowhere else. Whoever finds it has found a leak."""

from __future__ import annotations

import contextlib
import datetime as dt
import io
from collections.abc import Callable, Iterator
from typing import Any

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import DatabaseError, models, transaction
from django.utils import timezone

from learningcity.accounts.models import User
from learningcity.audit.models import Entry
from learningcity.opendata.actions import Part, add_version, keep_file
from learningcity.opendata.models import Dataset, Distribution, File, Version
from learningcity.sources.models import LoadedRow
from tests.factories import (
    awards,
    cities,
    harvest,
    imports,
    interfaces,
    library,
    moderation,
    notices,
    opendata,
    partners,
    pictures,
    plans,
    practices,
)

WORD = "zqxcanary"
# A group of people so small that nobody is told how small.
FEW = "3.7193"
TEXTS = (models.CharField, models.TextField, models.JSONField, models.FileField, ArrayField)
# Of these everything that stands in them is on public pages, or is a code, a path or a number made by us.
PUBLIC = {
    "awards.Category",
    "awards.Edition",
    "cities.Alias",
    "cities.City",
    "cities.Component",
    "cities.DrivingBody",
    "cities.LocalAuthority",
    "cities.Milestone",
    "cities.Network",
    "cities.Office",
    "cities.Person",
    "cities.Policy",
    "cities.Profile",
    "cities.Province",
    "library.LearningPlace",
    "library.LearningResource",
    # The names of tables, and numbers drawn by lot.
    "opendata.Change",
    "opendata.Indicator",
    "opendata.Observation",
    "partners.Agreement",
    "partners.Goal",
    "partners.GoalLink",
    "partners.Organization",
    "partners.Party",
    "partners.Signatory",
    "partners.Target",
    "plans.Action",
    "plans.Objective",
    "plans.Plan",
    "plans.SmallWin",
    "practices.Answer",
    "practices.Practice",
    "sources.Source",
    # Drawn from what is public.
    "partners.NetworkPicture",
    # What public pages say, once more, for the search.
    "search.Document",
    "search.Frequency",
    "search.Posting",
    "search.Spelling",
}
# Columns of private rows that hold no words of people: fingerprints, names of kinds, marks.
NO_WORDS = {
    "accounts.User": {"password"},
    "audit.Entry": {"previous_hash", "hash"},
    "harvest.Copy": {"fingerprint"},
    "imports.Import": {"sha256", "format", "table"},
    "interfaces.ApiKey": {"digest"},
    # Said of what was withdrawn, and then to everybody.
    "opendata.Dataset": {"reason_th", "reason_en"},
    "opendata.Distribution": {"format"},
    "opendata.File": {"sha256", "file"},
    "opendata.Upload": {"sha256", "format"},
    "partners.AgreementFile": {"sha256", "media_type"},
    "partners.Evidence": {"sha256", "file"},
    "partners.Invitation": {"token_hash"},
    "pictures.Picture": {"sha256", "kind"},
    "pictures.Rendition": {"sha256", "form"},
}


def hidden_dataset(word: str) -> Dataset:
    return opendata.make_dataset(slug=word, category="personal")


def hidden_version(word: str) -> Version:
    """Make a version of a dataset that is not public; what is published is written once, so the word goes in at birth."""
    dataset = opendata.make_dataset(category="secret", title_th=word, title_en=word)
    part = Part(
        name=word,
        format="csv",
        title_th=word,
        title_en=word,
        file=keep_file(io.BytesIO(word.encode()), f"text/{word}"),
        schema={"fields": [{"name": word}]},
        problems=[word],
    )
    return add_version(dataset, [part], by=User.objects.first(), note_th=word, note_en=word)


def entry(word: str) -> Entry:
    """Make an audit entry; nobody verifies its hash here."""
    said = {"action": word, "record": word, "before": word, "after": word, "detail": {word: word}}
    return Entry.objects.create(**said, at=timezone.now(), previous_hash=f"{word}-a", hash=f"{word}-b")


def unready_picture(_word: str) -> Any:
    """Make a picture that stands in something public and whose consent somebody keeps."""
    picture = pictures.make_picture()
    plans.make_win(photo=picture)
    return picture


# Model -> how a private row of it is made; afterwards the word is written into each of its texts.
PRIVATE: dict[str, Callable[[str], models.Model]] = {
    "accounts.User": lambda _word: cities.make_role(kind="editor", city=cities.make_city()).user,
    "audit.Entry": entry,
    "harvest.Copy": lambda _word: harvest.make_copy(),
    "harvest.Finding": lambda _word: harvest.make_finding(),
    "harvest.Host": lambda _word: harvest.make_host(),
    "harvest.Origin": lambda _word: harvest.make_origin(),
    "harvest.Run": lambda _word: harvest.make_run(),
    "harvest.Twin": lambda _word: harvest.make_twin(),
    "imports.Import": lambda _word: imports.make_upload(),
    "imports.Row": lambda word: imports.make_row(verdict="refused", reasons=[word]),
    "interfaces.ApiKey": lambda _word: interfaces.make_key(),
    "moderation.Proposal": lambda _word: moderation.make_proposal(),
    "moderation.Report": lambda _word: moderation.make_report(),
    "moderation.Revision": lambda word: moderation.make_revision(
        kind=word, key=word, place=word, title=word, values={word: word}
    ),
    "notices.Letter": lambda _word: notices.make_letter(),
    "notices.Notice": lambda _word: notices.make_notice(),
    "opendata.Dataset": hidden_dataset,
    "opendata.Distribution": lambda word: Distribution.objects.get(version=hidden_version(word)),
    "opendata.File": lambda word: File.objects.get(sha256=hidden_version(word).distributions.get().file_id),
    "opendata.Upload": lambda _word: opendata.make_upload(),
    "opendata.Version": hidden_version,
    "partners.AgreementFile": lambda _word: partners.make_file(agreement=partners.make_agreement()),
    "partners.Commitment": lambda _word: plans.make_action(commitment=partners.make_commitment()).commitment,
    "partners.Contact": lambda _word: partners.make_contact(),
    "partners.Evidence": lambda _word: partners.make_evidence(commitment=partners.make_commitment(state="kept")),
    "partners.Invitation": lambda _word: partners.make_invitation(),
    "partners.MentorPair": lambda _word: partners.make_mentor_pair(),
    "partners.StudyVisit": lambda _word: partners.make_visit(),
    "pictures.Picture": unready_picture,
    "pictures.Rendition": lambda _word: pictures.make_rendition(),
    "sources.LoadedRow": lambda word: LoadedRow.objects.create(file=word, name=word, digest=word, said=word, key=word),
}


def free_columns(model: type[models.Model]) -> list[Any]:
    """Return the columns in which words of people may stand: not those of a choice, nor those too short for any."""
    return [
        column
        for column in model._meta.concrete_fields
        if isinstance(column, TEXTS)
        and not getattr(column, "choices", None)
        and not getattr(column, "generated", False)
        and not (column.max_length or 999) < len(WORD)
        and not column.primary_key
        and column.name != "sort_th"
    ]


def models_with_texts() -> Iterator[type[models.Model]]:
    """Return every model of ours that has room for words."""
    for model in apps.get_models():
        if model.__module__.startswith("learningcity.") and any(
            isinstance(column, TEXTS) and not getattr(column, "choices", None) for column in model._meta.concrete_fields
        ):
            yield model


def value_for(column: Any, word: str) -> Any:
    """Return the word in the form that a column takes."""
    if isinstance(column, models.EmailField):
        return f"{word}@example.org"
    if isinstance(column, models.URLField):
        return f"https://example.org/{word}"
    if isinstance(column, ArrayField):
        return [word]
    if isinstance(column, models.JSONField):
        return [word] if isinstance(column.get_default(), list) else {word: word}
    return word[: column.max_length]


def plant(label: str) -> models.Model:
    """Make a private row of a model and write the word into each of its texts in which it does not stand yet."""
    model = apps.get_model(label)
    word = f"{WORD}-{model._meta.model_name}"
    record = PRIVATE[label](word)
    own = model._default_manager.filter(pk=record.pk)
    kept = NO_WORDS.get(label, set())
    for column in free_columns(model):
        if column.name in kept or WORD in str(getattr(record, column.name)):
            continue
        # What a constraint forbids in this row is missed by the test, which asks for another row or for a reason.
        with contextlib.suppress(DatabaseError), transaction.atomic():
            own.update(**{column.name: value_for(column, word)})
    record.refresh_from_db()
    return record


def make_world() -> dict[str, models.Model]:
    """Make public rows of every kind, and private ones with the word beside them; return the private ones."""
    city, today = cities.make_city(slug="khon-kaen"), dt.date(2024, 1, 1)
    organization = partners.make_organization(home=city)
    cities.make_membership(("active", today), city=city)
    cities.make_policy(profile=cities.make_profile(city=city))
    cities.make_milestone(city=city)
    cities.make_component(city=city)
    cities.make_office(city=city)
    cities.make_driving_body(city=city)
    awards.make_category()
    library.make_place(city=city, latitude="16.4", longitude="102.8")
    library.make_resource(city=city)
    practices.make_answer()
    practices.make_figure()
    partners.make_presence(organization=organization, city=city)
    partners.make_signatory()
    partners.make_goal_link()
    partners.make_announcement()
    kept = partners.make_commitment(state="kept", organization=organization, city=city)
    partners.make_evidence(commitment=kept, checked_at=timezone.now())
    plans.make_target()
    plans.make_action(organization=organization, reason_th=f"{WORD}-reason", state="under_way")
    opendata.make_version()
    opendata.make_observation(city=city, value=FEW, sex="female", note_th=f"{WORD}-few")
    planted = {label: plant(label) for label in PRIVATE}
    # A resource that everybody may see, kept in a dataset that nobody may.
    library.make_resource(dataset=planted["opendata.Dataset"])
    for user in User.objects.exclude(pk=planted["accounts.User"].pk):
        User.objects.filter(pk=user.pk).update(name=f"{WORD}-user", email=f"{WORD}-{user.pk}@example.org")
    return planted
