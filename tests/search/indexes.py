"""An empty index for tests of engines: the template of the tests has what the vocabularies give."""

from __future__ import annotations

from search.engines.choosing import embedded_engine
from search.engines.embedded import EmbeddedEngine
from search.models import IndexBuild


def empty_engine() -> EmbeddedEngine:
    """Return the embedded engine without documents and builds, as on a new site."""
    engine = embedded_engine()
    engine.remove([one.key for one in engine.scan()])
    IndexBuild.objects.all().delete()
    return engine
