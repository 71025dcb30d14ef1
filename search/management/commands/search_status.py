"""`manage.py search_status`: how the search is."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search.engines.choosing import engine_names
from search.indexing import Status, status


class Command(BaseCommand):
    """Says of each engine how it is; the exit code tells of trouble."""

    help = "Say how the search is: documents, what waits and for how long, what failed, rebuilds under way."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the status of each engine."""
        states = [status(name) for name in engine_names()]
        for state in states:
            self._write(state)
        if not all(state.is_usable for state in states):
            raise CommandError("The search is out of order.")

    def _write(self, state: Status) -> None:
        lines = [f"{state.name} ({state.engine}): {state.documents} documents"]
        if state.problem:
            lines.append(f"problem: {state.problem}")
        lines.append(f"waiting: {state.waiting}, the oldest for {state.lag_seconds:.0f} s")
        if state.failed:
            lines.append(f"failed and tried again later: {state.failed}, the last with {state.last_error}")
        if state.open_build is not None:
            lines.append(f"rebuild under way or stopped: {state.open_build}")
        self.stdout.write("\n  ".join(lines))
