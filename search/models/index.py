"""Tables of the embedded index, and the outbox of what is to be indexed.

Nothing here is content: all of it can be made again from the records and pages (`search_rebuild`). The full-text tables
differ by database and are made by the migration: `search_fts` and `search_passage_fts` on SQLite, `search_vector` and
`search_passage_vector` on PostgreSQL; their rows carry the numbers of the entries and passages here.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone

# The number of an entry is that of its build times this, and a number within the build: the full-text tables hold all
# builds, and a range of numbers keeps a search in one of them.
ENTRIES_PER_BUILD = 1_000_000_000
# The same for the passages of an entry.
PASSAGES_PER_ENTRY = 10_000


class IndexBuild(models.Model):
    """One making of the whole index: open while it is filled beside the one that serves, then serving, then old."""

    class State(models.TextChoices):
        """What a build is for."""

        OPEN = "open"
        SERVING = "serving"
        OLD = "old"

    number = models.PositiveIntegerField(primary_key=True)
    state = models.CharField(max_length=8, choices=State.choices)
    # Version of the analysis that its words went through; another one finds other words.
    schema = models.CharField(max_length=80)
    started = models.DateTimeField(auto_now_add=True)
    switched = models.DateTimeField(null=True)

    class Meta:
        db_table = "search_build"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["state"], condition=models.Q(state="serving"), name="one_serving_build"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.state}"


class IndexEntry(models.Model):
    """The narrow row of a document: what filters, facets, sorting and access need of every match."""

    id = models.BigIntegerField(primary_key=True)
    build = models.PositiveIntegerField()
    key = models.CharField(max_length=300)
    item = models.CharField(max_length=300)
    type = models.CharField(max_length=40)
    record_id = models.BigIntegerField()
    rule = models.CharField(max_length=500)
    hidden_by = models.CharField(max_length=500, blank=True)
    date = models.DateField(null=True)
    boost = models.FloatField(default=1.0)
    # A line `facet=code` for each value, a line end before the first and behind the last.
    facets = models.TextField()
    fingerprint = models.CharField(max_length=32)
    # Of what documents of other things say of this one (`SearchDocument.face`).
    face = models.CharField(max_length=32)

    class Meta:
        db_table = "search_entry"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["build", "key"], name="index_key_once_in_build"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["build", "type", "record_id"], name="search_entry_thing"),
            models.Index(fields=["build", "rule", "hidden_by"], name="search_entry_rule"),
        ]

    def __str__(self) -> str:
        return self.key


class IndexText(models.Model):
    """The wide row of a document: what results show of it, read for one page of results only."""

    entry = models.OneToOneField(IndexEntry, models.CASCADE, primary_key=True, related_name="text")
    path = models.CharField(max_length=1000)
    original = models.CharField(max_length=12)
    # {language: {field: text}}, for showing and marking.
    texts = models.JSONField(default=dict)

    class Meta:
        db_table = "search_text"

    def __str__(self) -> str:
        return self.path


class IndexTitle(models.Model):
    """A title in one language, folded: to sort by, to know who asks for the whole of it, to complete what is typed."""

    id = models.BigAutoField(primary_key=True)
    entry = models.ForeignKey(IndexEntry, models.CASCADE, related_name="titles")
    build = models.PositiveIntegerField()
    language = models.CharField(max_length=12)
    is_original = models.BooleanField()
    folded = models.CharField(max_length=300)
    # The stems of its words, function words left out: who asks for these asks for this thing.
    stems = models.CharField(max_length=300)

    class Meta:
        db_table = "search_title"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["build", "folded"], name="search_title_folded"),
            models.Index(fields=["build", "stems"], name="search_title_stems"),
        ]

    def __str__(self) -> str:
        return self.folded


class IndexPassage(models.Model):
    """A page or section of a document, with its text for showing."""

    id = models.BigIntegerField(primary_key=True)
    entry = models.ForeignKey(IndexEntry, models.CASCADE, related_name="passages")
    number = models.PositiveIntegerField()
    label = models.CharField(max_length=300)
    path = models.CharField(max_length=1000)
    language = models.CharField(max_length=12)
    text = models.TextField()

    class Meta:
        db_table = "search_passage"

    def __str__(self) -> str:
        return self.label


class IndexTerm(models.Model):
    """A word (folded, not stemmed) that documents for everybody hold, with their number."""

    id = models.BigAutoField(primary_key=True)
    build = models.PositiveIntegerField()
    language = models.CharField(max_length=12)
    word = models.CharField(max_length=60)
    documents = models.IntegerField()

    class Meta:
        db_table = "search_term"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["build", "word", "language"], name="index_term_once_in_build"),
        ]

    def __str__(self) -> str:
        return self.word


class IndexTermGram(models.Model):
    """Two letters of a term that stand beside each other: similar words share many."""

    id = models.BigAutoField(primary_key=True)
    term = models.ForeignKey(IndexTerm, models.CASCADE, related_name="grams", db_index=True)
    gram = models.CharField(max_length=8)
    length = models.PositiveSmallIntegerField()

    class Meta:
        db_table = "search_term_gram"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["gram", "length", "term"], name="search_term_gram_gram"),
        ]

    def __str__(self) -> str:
        return self.gram


class OutboxRow(models.Model):
    """A thing that changed and that an engine has to index anew (see `search.outbox`).

    Rows are only ever added and deleted, so that no two writers wait for each other; of a thing there may be several.
    """

    id = models.BigAutoField(primary_key=True)
    engine = models.CharField(max_length=20)
    type = models.CharField(max_length=40)
    # 0 for all of the type.
    record_id = models.BigIntegerField()
    # One of very many that change at once: saves of people go before.
    is_bulk = models.BooleanField(default=False)
    # Kept while a build is open, so that it knows what changed since it read.
    is_done = models.BooleanField(default=False)
    added = models.DateTimeField(auto_now_add=True)
    attempts = models.PositiveIntegerField(default=0)
    next_try = models.DateTimeField(default=timezone.now)
    error = models.TextField(blank=True)

    class Meta:
        db_table = "search_outbox"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["engine", "is_done", "next_try"], name="search_outbox_due"),
            models.Index(fields=["engine", "type", "record_id"], name="search_outbox_thing"),
        ]

    def __str__(self) -> str:
        return f"{self.type}:{self.record_id}"
