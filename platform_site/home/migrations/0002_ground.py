"""What a new site starts with: five languages, a home page in each, the site, roles, the review, the table of limits."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.core.management import call_command
from django.db import migrations

HEADLINES = {
    "en": (
        "Home",
        "Find someone to turn to, in the other country",
        "Organisations that stand by people who were trafficked or exploited: what they offer, to whom, in which languages.",
    ),
    "fr": (
        "Accueil",
        "Trouver à qui s’adresser, dans l’autre pays",
        "Des organisations aux côtés des personnes victimes de traite ou d’exploitation : ce qu’elles proposent, à qui, dans quelles langues.",
    ),
    "de": (
        "Startseite",
        "Ansprechpartner finden, im anderen Land",
        "Organisationen, die Menschen nach Menschenhandel oder Ausbeutung beistehen: was sie anbieten, für wen, in welchen Sprachen.",
    ),
    "es": (
        "Inicio",
        "Encontrar a quién acudir, en el otro país",
        "Organizaciones que acompañan a personas víctimas de trata o explotación: qué ofrecen, a quién y en qué idiomas.",
    ),
    "it": (
        "Home",
        "Trovare a chi rivolgersi, nell’altro Paese",
        "Organizzazioni al fianco di chi ha subito tratta o sfruttamento: che cosa offrono, a chi, in quali lingue.",
    ),
}
STEP = 4
# What a role may do with pages below the root, and with pictures and documents.
PAGE_PERMISSIONS = {"Editors": ("add_page", "change_page"), "Reviewers": ("add_page", "change_page", "lock_page", "unlock_page")}
COLLECTION_PERMISSIONS = {
    ("wagtailimages", "image"): ("add_image", "change_image", "choose_image"),
    ("wagtaildocs", "document"): ("add_document", "change_document", "choose_document"),
}


def make_homes(apps, schema_editor):
    """Make a home page per language in place of Wagtail's welcome page."""
    Locale = apps.get_model("wagtailcore", "Locale")
    Page = apps.get_model("wagtailcore", "Page")
    Site = apps.get_model("wagtailcore", "Site")
    HomePage = apps.get_model("home", "HomePage")
    ContentType = apps.get_model("contenttypes", "ContentType")
    home_type, _ = ContentType.objects.get_or_create(app_label="home", model="homepage")
    locales = {code: Locale.objects.get_or_create(language_code=code)[0] for code in HEADLINES}
    root = Page.objects.get(depth=1)
    Site.objects.all().delete()
    Page.objects.filter(depth__gt=1).delete()
    key = uuid.uuid4()
    homes = {}
    for number, (code, (title, headline, intro)) in enumerate(HEADLINES.items(), 1):
        slug = "home" if code == settings.LANGUAGE_CODE else f"home-{code}"
        homes[code] = HomePage.objects.create(
            title=title,
            draft_title=title,
            slug=slug,
            path=root.path + f"{number:0{STEP}d}",
            depth=2,
            numchild=0,
            url_path=f"/{slug}/",
            content_type=home_type,
            locale=locales[code],
            translation_key=key,
            live=True,
            headline=headline,
            intro=intro,
            text_language=code,
        )
    Page.objects.filter(pk=root.pk).update(numchild=len(HEADLINES))
    Site.objects.create(
        hostname="localhost",
        port=8000,
        site_name=settings.PLATFORM_NAME,
        root_page_id=homes[settings.LANGUAGE_CODE].pk,
        is_default_site=True,
    )


def make_roles(apps, schema_editor):
    """Make the groups of the roles; Editors and Reviewers may enter the admin and write, publishing goes by the gate."""
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    ContentType = apps.get_model("contenttypes", "ContentType")
    Collection = apps.get_model("wagtailcore", "Collection")
    Page = apps.get_model("wagtailcore", "Page")
    GroupPagePermission = apps.get_model("wagtailcore", "GroupPagePermission")
    GroupCollectionPermission = apps.get_model("wagtailcore", "GroupCollectionPermission")

    def permission(app_label, model, codename):
        # Django makes permissions after all migrations; on a new site they are not there yet.
        content_type, _ = ContentType.objects.get_or_create(app_label=app_label, model=model)
        words = codename.replace("_", " ")
        return Permission.objects.get_or_create(
            content_type=content_type, codename=codename, defaults={"name": f"Can {words}"}
        )[0]

    Group.objects.filter(name="Moderators").delete()
    Group.objects.get_or_create(name="Members")
    root = Page.objects.get(depth=1)
    everything = Collection.objects.get(depth=1)
    enter = permission("wagtailadmin", "admin", "access_admin")
    for name, codenames in PAGE_PERMISSIONS.items():
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.add(enter)
        for codename in codenames:
            GroupPagePermission.objects.get_or_create(
                group=group, page=root, permission=permission("wagtailcore", "page", codename)
            )
        for (app_label, model), collection_codenames in COLLECTION_PERMISSIONS.items():
            for codename in collection_codenames:
                GroupCollectionPermission.objects.get_or_create(
                    group=group, collection=everything, permission=permission(app_label, model, codename)
                )


def make_review(apps, schema_editor):
    """Make the workflow "Review" in place of Wagtail's, for every page."""
    ContentType = apps.get_model("contenttypes", "ContentType")
    Group = apps.get_model("auth", "Group")
    Page = apps.get_model("wagtailcore", "Page")
    Task = apps.get_model("wagtailcore", "Task")
    Workflow = apps.get_model("wagtailcore", "Workflow")
    WorkflowPage = apps.get_model("wagtailcore", "WorkflowPage")
    WorkflowTask = apps.get_model("wagtailcore", "WorkflowTask")
    ReviewTask = apps.get_model("home", "ReviewTask")
    Workflow.objects.filter(workflow_tasks__task__name="Moderators approval").delete()
    Task.objects.filter(name="Moderators approval").delete()
    task_type, _ = ContentType.objects.get_or_create(app_label="home", model="reviewtask")
    task = ReviewTask.objects.create(name="Review", active=True, content_type=task_type)
    task.groups.set(Group.objects.filter(name="Reviewers"))
    workflow = Workflow.objects.create(name="Review", active=True)
    WorkflowTask.objects.create(workflow=workflow, task_id=task.pk, sort_order=0)
    WorkflowPage.objects.update_or_create(page=Page.objects.get(depth=1), defaults={"workflow": workflow})


def make_limits_table(apps, schema_editor):
    """Make the table of the cache that counts wrong guesses: `migrate` alone makes a whole site."""
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0001_initial"),
        ("accounts", "0001_initial"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailadmin", "0005_editingsession_is_editing"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        ("wagtaildocs", "0014_alter_document_file_size"),
        ("wagtailimages", "0027_image_description"),
    ]

    operations = [
        migrations.RunPython(make_homes, migrations.RunPython.noop),
        migrations.RunPython(make_roles, migrations.RunPython.noop),
        migrations.RunPython(make_review, migrations.RunPython.noop),
        migrations.RunPython(make_limits_table, migrations.RunPython.noop),
    ]
