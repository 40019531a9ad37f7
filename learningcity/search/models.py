from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from learningcity.common.fields import precision_field
from learningcity.common.text import Bilingual


class CodesField(ArrayField):
    """Hundreds of numbers of our own making, written as they are: checking each one takes longer than finding it."""

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        return value


class Document(models.Model):
    """What one public record says, as the search shows it."""

    kind = models.CharField(_("kind"), max_length=50)
    key = models.CharField(_("key"), max_length=100)
    # The path without the language in front of it.
    address = models.CharField(_("address"), max_length=500)
    title_th = models.TextField(_("title in Thai"), blank=True)
    title_en = models.TextField(_("title in English"), blank=True)
    # With a seam between words that touch: cutting them anew for every reader would take longer than finding them.
    body_th = models.TextField(_("text in Thai"), blank=True)
    body_en = models.TextField(_("text in English"), blank=True)
    aliases = ArrayField(models.TextField(), default=list, blank=True, verbose_name=_("other names"))
    # The slug of the city that the record belongs to; empty for what belongs to none.
    city = models.CharField(_("city"), max_length=200, blank=True)
    date = models.DateField(_("date"), null=True, blank=True)
    date_precision = precision_field()

    title = Bilingual()
    body = Bilingual()

    class Meta:
        verbose_name = _("search document")
        verbose_name_plural = _("search documents")
        constraints = [
            models.UniqueConstraint(fields=["kind", "key"], name="search_one_document_per_record"),
            models.CheckConstraint(
                condition=models.Q(address__startswith="/"), name="search_addresses_are_paths_of_this_site"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}: {self.title}"


class Posting(models.Model):
    """The terms of one document as numbers, apart from its text, so that thousands of rows are read in a moment."""

    document = models.OneToOneField(Document, models.CASCADE, primary_key=True, related_name="posting")
    kind = models.CharField(max_length=50)
    city = models.CharField(max_length=200, blank=True)
    # Each number is the hash of a term with the Strength in its last two bits.
    codes = CodesField(models.IntegerField())

    class Meta:
        # A pending list would make the next reader pay for what the last writer saved.
        indexes = [GinIndex(fields=["codes"], name="search_codes", fastupdate=False)]

    def __str__(self) -> str:
        return f"{len(self.codes)} codes of {self.kind}"


class Frequency(models.Model):
    """How many documents hold a term, by Strength, as of the latest count; term 0 stands for all documents."""

    term = models.IntegerField(primary_key=True)
    counts = ArrayField(models.IntegerField(), size=4)

    def __str__(self) -> str:
        return f"{self.term}: {self.counts}"


class Spelling(models.Model):
    """One word that occurs, for completing and correcting what people type.

    Not unique: two writers who meet the same new word must not wait for each other. The next count leaves one row.
    """

    word = models.TextField(db_collation="C")
    term = models.IntegerField()
    documents = models.IntegerField(default=1)

    class Meta:
        indexes = [models.Index(fields=["word"], name="search_word")]

    def __str__(self) -> str:
        return self.word
