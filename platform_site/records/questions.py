"""What a reviewer is asked before a record is published, because no rule can answer it: is anybody named here?

The answer is an entry of the record's history: what was found, and who looked at it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.log_actions import registry as log_registry

from platform_site.accounts.roles import is_reviewer

NOBODY_KNOWN = "records.nobody_known"


class MayTellOfPersons:
    """For whatever passes the publish gate. What tells of persons says how to keep them unknown."""

    @property
    def is_printed(self) -> bool:
        """Whether the content was printed elsewhere before, with the consent of the person that it tells of."""
        return False

    def privacy_problems(self) -> Iterable[Any]:
        """Return, as sentences, what in the content leads to a person and is never published; none by default."""
        return []

    def names_to_ask_about(self) -> list[str]:
        """Return what in the content reads like a name: a reviewer is asked before it is published."""
        return []


def open_questions(record: Any) -> list[str]:
    """Return what in `record` (with the content to publish) reads like a name and no reviewer has looked at yet."""
    found = record.names_to_ask_about()
    if not found:
        return []
    entries = log_registry.get_logs_for_instance(record).filter(action=NOBODY_KNOWN)
    answered = {name for entry in entries for name in entry.data.get("found", [])}
    return [name for name in found if name not in answered]


def question_sentence(names: list[str]) -> str:
    """Return the question about `names` as a sentence."""
    return _("This reads like names of persons: %(names)s. A reviewer has to say that nobody can be known from it.") % {
        "names": "; ".join(names)
    }


@transaction.atomic
def confirm_nobody_known(*, record: Any, user: Any) -> None:
    """Keep in the history that `user` looked at what reads like a name in `record`: nobody can be known from it.

    Raises PermissionDenied unless `user` is a reviewer and, with four eyes, did not write the latest version.
    """
    from platform_site.records.gate import author_id

    if not is_reviewer(user):
        raise PermissionDenied(_("Only reviewers answer this."))
    revision = record.latest_revision
    if settings.PUBLISH_FOUR_EYES and revision is not None and author_id(revision) == user.pk:
        raise PermissionDenied(_("Somebody else has to look at what you wrote (four eyes)."))
    found = open_questions(record)
    if found:
        log(instance=record, action=NOBODY_KNOWN, user=user, revision=revision, data={"found": found})
