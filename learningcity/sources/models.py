from django.db import models
from django.utils.translation import gettext_lazy as _

from learningcity.common.fields import SortKeyField, precision_field, unknown_parts_are_one
from learningcity.common.text import Bilingual
from learningcity.sources.enums import SourceKind


class Source(models.Model):
    """A document, page or dataset that says something we repeat."""

    slug = models.SlugField(_("address"), max_length=80, unique=True)
    kind = models.CharField(_("kind"), max_length=12, choices=SourceKind)
    title_th = models.CharField(_("title in Thai"), max_length=300, blank=True)
    title_en = models.CharField(_("title in English"), max_length=300, blank=True)
    publisher_th = models.CharField(_("publisher in Thai"), max_length=200, blank=True)
    publisher_en = models.CharField(_("publisher in English"), max_length=200, blank=True)
    url = models.URLField(_("web address"), max_length=500, blank=True)
    # The language the source itself is written in.
    original = models.CharField(_("language"), max_length=2, choices=[("th", _("Thai")), ("en", _("English"))])
    published_on = models.DateField(_("published on"), null=True, blank=True)
    published_precision = precision_field()
    seen_on = models.DateField(_("seen on"), null=True, blank=True)
    license = models.CharField(_("license"), max_length=100, blank=True)
    note_th = models.TextField(_("note in Thai"), blank=True)
    note_en = models.TextField(_("note in English"), blank=True)
    sort_th = SortKeyField(of="title_th")

    title = Bilingual()
    publisher = Bilingual()
    note = Bilingual()

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(title_th="") | ~models.Q(title_en=""), name="sources_source_has_a_title"
            ),
            unknown_parts_are_one("published_on", "published_precision", "sources_vague_dates_are_stored_alike"),
        ]

    def __str__(self) -> str:
        return str(self.title)


class LoadedRow(models.Model):
    """A row of a file under data/ as it was taken last, so that a later load undoes nothing that was changed on the site."""

    file = models.CharField(max_length=60)
    # The key of the row, as other files point at it.
    name = models.CharField(max_length=600)
    # Of the text of the row, and of what the record said after it was taken.
    digest = models.CharField(max_length=64)
    said = models.CharField(max_length=64)
    # The record that it became, whatever it is called by now.
    key = models.CharField(max_length=80)

    class Meta:
        verbose_name = _("loaded row")
        verbose_name_plural = _("loaded rows")
        constraints = [
            models.UniqueConstraint(fields=["file", "name"], name="sources_a_row_of_a_file_is_remembered_once"),
        ]

    def __str__(self) -> str:
        return f"{self.file}: {self.name}"
