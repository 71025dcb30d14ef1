"""The publish gate of pages: the same check as for records, on whatever way of publishing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from modelcluster.models import get_all_child_relations
from wagtail.models import PagePermissionTester

from platform_site.accounts.roles import is_reviewer
from platform_site.records.gate import check_publish
from platform_site.records.questions import MayTellOfPersons

# A mixin of abstract fields at run time; to the type checker what it is mixed into.
if TYPE_CHECKING:
    from wagtail.models import Page as PageBase
else:
    from django.db.models import Model as PageBase

# Child rows that Wagtail keeps itself, which are not content.
WAGTAIL_RELATIONS = {"wagtail_admin_comments"}


class GatedPageMixin(MayTellOfPersons, PageBase):
    """Lets nothing be published that the gate refuses; Wagtail's publish permission is not asked.

    Reviewers have no such permission: it would give them a button round the workflow (see `records.models.Record`).
    """

    class Meta:
        abstract = True

    @classmethod
    def child_relation_names(cls) -> list[str]:
        """Return the names of the child relations that hold content."""
        names = [relation.get_accessor_name() for relation in get_all_child_relations(cls)]
        return [name for name in names if name not in WAGTAIL_RELATIONS]

    def publish_problems(self) -> list[Any]:
        """Return what is missing beyond field validation; page types with rules of their own add to it."""
        return []

    def publish(
        self,
        revision: Any,
        user: Any = None,
        changed: bool = True,
        log_action: bool | str = True,
        previous_revision: Any = None,
        skip_permission_checks: bool = False,
    ) -> None:
        """Publish `revision` if the gate lets it pass. Raises PublishRefused with the reasons; the revision is kept."""
        check_publish(revision.as_object(), revision=revision, user=user)
        # What is done on the signal of a publication (the copies in other languages, what is kept) belongs to it.
        with transaction.atomic():
            super().publish(
                revision,
                user=user,
                changed=changed,
                log_action=log_action,
                previous_revision=previous_revision,
                skip_permission_checks=True,
            )

    def permissions_for_user(self, user: Any) -> PagePermissions:
        """Return what `user` may do with this page in the admin."""
        return PagePermissions(user, self)


class PagePermissions(PagePermissionTester):
    """Wagtail's rules, and: who approves may also take off the site what was approved."""

    def can_unpublish(self) -> bool:
        """Say whether the user may take the page off the site."""
        if super().can_unpublish():
            return True
        return bool(self.page.live and not self.page_is_root and not self.page_locked() and is_reviewer(self.user))
