"""What editors and reviewers may do with records, lists of terms and reports; and the review that records go through.

Done after each `migrate`, because the permissions of Wagtail's screens are made there. Safe to run again. Neither role
gets Wagtail's permission to publish: it would put a button beside the workflow; the publish gate is the one way.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connections, transaction
from wagtail.hooks import search_for_hooks
from wagtail.models import Workflow, WorkflowContentType
from wagtail.snippets.models import create_extra_permissions

from platform_site.accounts.roles import EDITORS, REVIEWERS
from platform_site.records.registry import record_models

REVIEW = "Review"
# Everybody opens a lock of their own; one of somebody else is the reviewers'.
WRITING = ("add", "change", "view", "delete", "lock")
RECORD_ACTIONS = {EDITORS: WRITING, REVIEWERS: (*WRITING, "unlock")}
TABLES = frozenset({"auth_group", "auth_permission", "django_content_type", "wagtailcore_workflowcontenttype"})
# Other models that the roles work with: who may do what. Apps add theirs when they are ready.
_others: dict[Any, dict[str, tuple[str, ...]]] = {}


def register_model(model: Any, *, editors: Iterable[str], reviewers: Iterable[str]) -> None:
    """Give the roles actions (`add`, `change`, `delete`, `view`) on a model that is no record."""
    _others[model] = {EDITORS: tuple(editors), REVIEWERS: tuple(reviewers)}


@transaction.atomic
def ensure_editor_permissions() -> None:
    """Give both roles their permissions, and every kind of record the workflow "Review" unless it has another one."""
    # Apps register their models where they register their screens.
    search_for_hooks()
    wanted = dict.fromkeys(record_models().values(), RECORD_ACTIONS) | _others
    _make_permissions(wanted)
    for model, by_role in wanted.items():
        content_type = ContentType.objects.get_for_model(model)
        for role, actions in by_role.items():
            group, _created = Group.objects.get_or_create(name=role)
            names = [f"{action}_{model._meta.model_name}" for action in actions]
            group.permissions.add(*Permission.objects.filter(content_type=content_type, codename__in=names))
    workflow = Workflow.objects.filter(name=REVIEW, active=True).first()
    if workflow is not None:
        for model in record_models().values():
            content_type = ContentType.objects.get_for_model(model)
            WorkflowContentType.objects.get_or_create(content_type=content_type, defaults={"workflow": workflow})


def _make_permissions(models: Iterable[Any]) -> None:
    """Make the permissions that Django and Wagtail make after a migration, in whatever order they come."""
    ContentType.objects.clear_cache()
    for label in sorted({model._meta.app_label for model in models}):
        create_permissions(apps.get_app_config(label), verbosity=0)
    create_extra_permissions(apps.get_app_config("wagtailsnippets"))


def after_migrate(using: str, **_kwargs: Any) -> None:
    """Run `ensure_editor_permissions` once all tables are there (a receiver of `post_migrate`)."""
    if TABLES.issubset(connections[using].introspection.table_names()):
        ensure_editor_permissions()
