"""The catalog: datasets, their versions, and files that never change."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learningcity.common.text import Bilingual
from learningcity.opendata.enums import Category, Coverage, DataType, License, Objective, Rhythm, Standing

# Longer addresses are nobody's friend, and CKAN takes no more.
LONGEST_SLUG = 100


def stored_name(file: File, name: str) -> str:
    """Return where a file lies: under what it says, so that the same bytes lie there once."""
    return f"opendata/{file.sha256[:2]}/{file.sha256}"


def upload_name(upload: Upload, name: str) -> str:
    """Return where an upload waits: under a name that nobody can guess."""
    return f"opendata/uploads/{uuid.uuid4().hex}"


class Dataset(models.Model):
    """Data that anybody may take away, described in the words of DCAT and of the Thai government catalogue.

    A withdrawn dataset stays, with the reason: whoever cited it must learn what became of it.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(_("address"), max_length=LONGEST_SLUG, unique=True)
    # The slug of the city that publishes it; empty for the network.
    place = models.SlugField(_("place"), max_length=80, blank=True)
    # What the platform itself knows, always fresh: the name of its publication. Empty for data that somebody brought.
    publication = models.SlugField(_("publication"), max_length=60, blank=True)
    title_th = models.CharField(_("title in Thai"), max_length=300, blank=True)
    title_en = models.CharField(_("title in English"), max_length=300, blank=True)
    notes_th = models.TextField(_("description in Thai"), blank=True)
    notes_en = models.TextField(_("description in English"), blank=True)
    keywords_th = ArrayField(models.CharField(max_length=100), verbose_name=_("keywords in Thai"), default=list)
    keywords_en = ArrayField(
        models.CharField(max_length=100), verbose_name=_("keywords in English"), default=list, blank=True
    )
    data_type = models.CharField(_("kind of data"), max_length=12, choices=DataType)
    objectives = ArrayField(models.CharField(max_length=20, choices=Objective), verbose_name=_("kept for"))
    rhythm = models.CharField(_("brought up to date"), max_length=10, choices=Rhythm)
    interval = models.PositiveSmallIntegerField(_("times in this period"), null=True, blank=True)
    coverage = models.CharField(_("down to"), max_length=15, choices=Coverage)
    origin_th = models.CharField(_("where the data come from, in Thai"), max_length=300, blank=True)
    origin_en = models.CharField(_("where the data come from, in English"), max_length=300, blank=True)
    category = models.CharField(_("who may see it"), max_length=10, choices=Category, default=Category.PUBLIC)
    license = models.CharField(_("license"), max_length=20, choices=License)
    maintainer_th = models.CharField(_("contact in Thai"), max_length=200, blank=True)
    maintainer_en = models.CharField(_("contact in English"), max_length=200, blank=True)
    maintainer_email = models.EmailField(_("e-mail of the contact"))
    allow_harvest = models.BooleanField(_("the government catalogue may take it over"), default=False)
    is_high_value = models.BooleanField(_("high-value dataset"), default=False)
    is_reference = models.BooleanField(_("reference data"), default=False)
    is_official_statistics = models.BooleanField(_("official statistics"), default=False)
    # Christian years.
    first_year = models.PositiveSmallIntegerField(
        _("first year"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(2200)]
    )
    last_year = models.PositiveSmallIntegerField(
        _("last year"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(2200)]
    )
    # Where the data, or the record of another catalogue, are described.
    landing_page = models.URLField(_("page about it elsewhere"), max_length=500, blank=True)
    created_at = models.DateTimeField(_("entered"), default=timezone.now, editable=False)
    changed_at = models.DateTimeField(_("changed"), default=timezone.now, editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, editable=False)
    reason_th = models.CharField(_("reason in Thai"), max_length=500, blank=True)
    reason_en = models.CharField(_("reason in English"), max_length=500, blank=True)
    # In the last twelve months; counted every night, so that pages that are kept need not ask.
    downloads = models.PositiveBigIntegerField(_("downloads"), default=0, editable=False)

    title = Bilingual()
    notes = Bilingual()
    origin = Bilingual()
    maintainer = Bilingual()
    reason = Bilingual()

    class Meta:
        verbose_name = _("dataset")
        verbose_name_plural = _("datasets")
        indexes = [
            models.Index(fields=["-changed_at", "uid"], name="opendata_newest_datasets"),
            models.Index(fields=["place"], name="opendata_datasets_of_a_place"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["publication"], condition=~Q(publication=""), name="opendata_a_publication_is_one_dataset"
            ),
            models.CheckConstraint(condition=~Q(title_th="") | ~Q(title_en=""), name="opendata_dataset_has_a_title"),
            models.CheckConstraint(
                condition=~Q(allow_harvest=True) | Q(category=Category.PUBLIC),
                name="opendata_only_public_data_may_be_harvested",
                violation_error_message=_("Only public data may be handed on to the government catalogue."),
            ),
            models.CheckConstraint(
                condition=Q(first_year__isnull=True)
                | Q(last_year__isnull=True)
                | Q(last_year__gte=models.F("first_year")),
                name="opendata_years_are_in_order",
                violation_error_message=_("The last year lies before the first."),
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, reason_th="", reason_en="")
                | (Q(withdrawn_at__isnull=False) & (~Q(reason_th="") | ~Q(reason_en=""))),
                name="opendata_withdrawal_has_a_reason",
                violation_error_message=_("Say why it is withdrawn: whoever cited it will ask."),
            ),
            models.CheckConstraint(condition=Q(data_type__in=DataType.values), name="opendata_data_type_is_known"),
            models.CheckConstraint(condition=Q(rhythm__in=Rhythm.values), name="opendata_rhythm_is_known"),
            models.CheckConstraint(condition=Q(coverage__in=Coverage.values), name="opendata_coverage_is_known"),
            models.CheckConstraint(condition=Q(category__in=Category.values), name="opendata_category_is_known"),
            models.CheckConstraint(condition=Q(license__in=License.values), name="opendata_license_is_known"),
        ]

    def __str__(self) -> str:
        return str(self.title)

    def get_absolute_url(self) -> str:
        return reverse("dataset", args=[self.slug])

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_at is not None

    @property
    def is_live(self) -> bool:
        """Whether it is what the platform itself knows."""
        return bool(self.publication)


class File(models.Model):
    """Bytes that never change, known by their SHA-256."""

    sha256 = models.CharField(_("fingerprint"), max_length=64, primary_key=True)
    size = models.PositiveBigIntegerField(_("bytes"))
    media_type = models.CharField(_("kind of file"), max_length=100)
    file = models.FileField(_("file"), upload_to=stored_name, max_length=200)
    # Of a large one the SHA-256 of each piece (common.columnar.distant), so that a part of it can be read and proven.
    pieces = models.BinaryField(default=bytes, editable=False)
    stored_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        constraints = [
            models.CheckConstraint(condition=Q(sha256__regex="^[0-9a-f]{64}$"), name="opendata_fingerprint_is_sha256"),
        ]

    def __str__(self) -> str:
        return self.sha256


class Version(models.Model):
    """What a dataset was at a time: its files and how it described itself. It never changes."""

    dataset = models.ForeignKey(Dataset, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    # How the dataset described itself (opendata.queries.described), so that old versions keep their own words.
    metadata = models.JSONField(default=dict)
    # What is new in it.
    note_th = models.CharField(_("what is new, in Thai"), max_length=500, blank=True)
    note_en = models.CharField(_("what is new, in English"), max_length=500, blank=True)
    made_at = models.DateTimeField(_("published"), default=timezone.now, editable=False)
    # Who published it: nobody, where the clock did.
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    note = Bilingual()

    class Meta:
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        constraints = [
            models.UniqueConstraint(fields=["dataset", "number"], name="opendata_versions_are_numbered_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="opendata_versions_begin_with_one"),
        ]

    def __str__(self) -> str:
        return f"{self.dataset} ({self.number})"

    def get_absolute_url(self) -> str:
        return reverse("dataset-version", args=[self.dataset.slug, self.number])


class Distribution(models.Model):
    """One file of a version under the name it is offered by, and, if it is a table, its columns. It never changes."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.ForeignKey(Version, models.PROTECT, related_name="distributions")
    position = models.PositiveSmallIntegerField(default=1)
    # Lower case, machine readable, the last part of the address: pupils
    name = models.SlugField(_("name"), max_length=80)
    title_th = models.CharField(_("title in Thai"), max_length=300, blank=True)
    title_en = models.CharField(_("title in English"), max_length=300, blank=True)
    # csv, xlsx, json, geojson, parquet, pdf: what was brought, byte for byte.
    format = models.CharField(_("kind of file"), max_length=10)
    file = models.ForeignKey(File, models.PROTECT, related_name="+")
    # The same rows as Parquet, from which every other kind of file is made; none for a PDF.
    table = models.ForeignKey(File, models.PROTECT, null=True, related_name="+")
    # Table Schema (frictionless), with the Thai titles of the columns; empty for a PDF.
    schema = models.JSONField(default=dict, blank=True)
    row_count = models.PositiveBigIntegerField(_("rows"), null=True)
    # What was noticed when the file was read (common.columnar.quality).
    problems = models.JSONField(default=list, blank=True)

    title = Bilingual()

    class Meta:
        verbose_name = _("distribution")
        verbose_name_plural = _("distributions")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["version", "name"], name="opendata_names_of_files_are_used_once"),
            models.CheckConstraint(
                condition=Q(table__isnull=True, row_count__isnull=True)
                | Q(table__isnull=False, row_count__isnull=False),
                name="opendata_a_table_has_a_number_of_rows",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}.{self.format}"


class Upload(models.Model):
    """A file that somebody brought and that is not yet published: private, read in the background."""

    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    place = models.SlugField(_("place"), max_length=80, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    name = models.CharField(_("name of the file"), max_length=200)
    file = models.FileField(_("file"), upload_to=upload_name, max_length=200, blank=True)
    size = models.PositiveBigIntegerField(_("bytes"))
    sha256 = models.CharField(_("fingerprint"), max_length=64, blank=True)
    standing = models.CharField(_("state"), max_length=10, choices=Standing, default=Standing.RECEIVED)
    # Share that is read, 0 to 100.
    progress = models.PositiveSmallIntegerField(default=0)
    format = models.CharField(max_length=10, blank=True)
    # Encoding, dialect, sheet: what was found out, shown to the person.
    found = models.JSONField(default=dict, blank=True)
    schema = models.JSONField(default=dict, blank=True)
    problems = models.JSONField(default=list, blank=True)
    row_count = models.PositiveBigIntegerField(null=True)
    # Parquet.
    table = models.FileField(upload_to=upload_name, max_length=200, blank=True)
    # Why it was refused, in the words of the person's language.
    refusal = models.TextField(blank=True)
    received_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("upload")
        verbose_name_plural = _("uploads")
        indexes = [models.Index(fields=["place", "-received_at"], name="opendata_newest_uploads")]
        constraints = [
            models.CheckConstraint(condition=Q(standing__in=Standing.values), name="opendata_standing_is_known"),
            models.CheckConstraint(condition=Q(progress__lte=100), name="opendata_no_more_than_all_is_read"),
            models.CheckConstraint(
                condition=~Q(standing=Standing.REFUSED) | ~Q(refusal=""), name="opendata_refusal_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.name
