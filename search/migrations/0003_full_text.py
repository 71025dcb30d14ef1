"""The full-text tables: they differ by database, and no model stands for them."""

from django.db import migrations

# Words come folded and stemmed, letters and digits only, so the plainest tokenizer does. The sign that parts texts (see
# `search.engines.sqlite`) is outside ASCII, which this one takes for a letter.
SQLITE = (
    "CREATE VIRTUAL TABLE search_fts USING fts5(title, names, summary, body, tokenize='ascii', prefix='2 3')",
    "CREATE VIRTUAL TABLE search_passage_fts USING fts5(text, tokenize='ascii')",
)
SQLITE_BACK = ("DROP TABLE search_fts", "DROP TABLE search_passage_fts")
POSTGRESQL = (
    "CREATE TABLE search_vector (entry_id bigint PRIMARY KEY, vector tsvector NOT NULL)",
    "CREATE INDEX search_vector_gin ON search_vector USING gin (vector) WITH (fastupdate = off)",
    # Words and titles are asked for by their beginning, in whatever order the database sorts.
    "CREATE INDEX search_term_beginning ON search_term (word text_pattern_ops)",
    "CREATE INDEX search_title_beginning ON search_title (folded text_pattern_ops)",
    "CREATE TABLE search_passage_vector (passage_id bigint PRIMARY KEY, entry_id bigint NOT NULL, vector tsvector NOT NULL)",
    "CREATE INDEX search_passage_vector_entry ON search_passage_vector (entry_id)",
    "CREATE INDEX search_passage_vector_gin ON search_passage_vector USING gin (vector) WITH (fastupdate = off)",
)
POSTGRESQL_BACK = (
    "DROP TABLE search_vector",
    "DROP TABLE search_passage_vector",
    "DROP INDEX search_term_beginning",
    "DROP INDEX search_title_beginning",
)


def make(apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


def unmake(apps, schema_editor):
    for statement in SQLITE_BACK if schema_editor.connection.vendor == "sqlite" else POSTGRESQL_BACK:
        schema_editor.execute(statement)


class Migration(migrations.Migration):

    dependencies = [
        ('search', '0002_index'),
    ]

    operations = [
        migrations.RunPython(make, unmake),
    ]
