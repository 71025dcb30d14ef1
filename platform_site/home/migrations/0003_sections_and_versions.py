"""The sections guides and news in every language; the day of adoption and the earlier versions of pages."""

from __future__ import annotations

import uuid

import django.db.models.deletion
import platform_site.blocks.body
import platform_site.texts.models
from django.db import migrations, models

# Slug, app, model, and by language the title and the words under it.
SECTIONS = (
    (
        "guides",
        "library",
        "GuideListPage",
        {
            "en": ("Guides", "For NGOs that want to change law or practice, chapter by chapter."),
            "fr": ("Guides", "Pour les ONG qui veulent changer le droit ou les pratiques, chapitre par chapitre."),
            "de": ("Leitfäden", "Für NGOs, die Recht oder Praxis ändern wollen, Kapitel für Kapitel."),
            "es": ("Guías", "Para ONG que quieren cambiar el derecho o la práctica, capítulo por capítulo."),
            "it": ("Guide", "Per le ONG che vogliono cambiare il diritto o la prassi, capitolo per capitolo."),
        },
    ),
    (
        "news",
        "newsletters",
        "NewsListPage",
        {
            "en": ("News", "What is new on the platform and with its members."),
            "fr": ("Actualités", "Ce qu’il y a de nouveau sur la plateforme et chez ses membres."),
            "de": ("Neues", "Was es auf der Plattform und bei ihren Mitgliedern Neues gibt."),
            "es": ("Noticias", "Novedades de la plataforma y de sus miembros."),
            "it": ("Notizie", "Le novità della piattaforma e dei suoi membri."),
        },
    ),
)
STEP = 4


def make_sections(apps, schema_editor):
    """Make both sections below the home page of each language."""
    HomePage = apps.get_model("home", "HomePage")
    Page = apps.get_model("wagtailcore", "Page")
    ContentType = apps.get_model("contenttypes", "ContentType")
    homes = list(HomePage.objects.select_related("locale").order_by("path"))
    for slug, app_label, model_name, words in SECTIONS:
        model = apps.get_model(app_label, model_name)
        content_type, _ = ContentType.objects.get_or_create(app_label=app_label, model=model_name.lower())
        key = uuid.uuid4()
        for home in homes:
            language = home.locale.language_code
            if language not in words:
                continue
            title, intro = words[language]
            below = Page.objects.filter(path__startswith=home.path, depth=home.depth + 1)
            last = below.order_by("-path").values_list("path", flat=True).first()
            model.objects.create(
                title=title,
                draft_title=title,
                slug=slug,
                path=home.path + following(last[-STEP:] if last else "0" * STEP),
                depth=home.depth + 1,
                numchild=0,
                url_path=f"{home.url_path}{slug}/",
                content_type=content_type,
                locale=home.locale,
                translation_key=key,
                live=True,
                intro=intro,
                text_language=language,
            )
            Page.objects.filter(pk=home.pk).update(numchild=below.count())


def following(step):
    """Return the step of a tree path behind `step`, in the digits of the tree (0-9, A-Z)."""
    digits, number = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", int(step, 36) + 1
    found = ""
    while number:
        number, rest = divmod(number, 36)
        found = digits[rest] + found
    return found.rjust(STEP, "0")


class Migration(migrations.Migration):

    dependencies = [
        ('home', '0002_ground'),
        ('library', '0002_guides'),
        ('newsletters', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='plainpage',
            name='adopted_on',
            field=models.DateField(blank=True, help_text='Only for what was decided on, such as the Charter. Where a later day is published, the former text stays readable as an earlier version.', null=True, verbose_name='adopted on'),
        ),
        migrations.CreateModel(
            name='EarlierVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('adopted_on', models.DateField(verbose_name='adopted on')),
                ('title', models.CharField(max_length=255, verbose_name='title')),
                ('intro', platform_site.texts.models.FormattedTextField(blank=True, default='', max_length=200000, verbose_name='introduction')),
                ('body', platform_site.blocks.body.BodyField(blank=True, verbose_name='content')),
                ('originals', models.JSONField(blank=True, default=dict, editable=False)),
                ('page', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='earlier_versions', to='home.plainpage')),
            ],
            options={
                'verbose_name': 'earlier version',
                'verbose_name_plural': 'earlier versions',
                'ordering': ('-adopted_on',),
                'constraints': [models.UniqueConstraint(fields=('page', 'adopted_on'), name='one_earlier_version_a_day')],
            },
        ),
        migrations.RunPython(make_sections, migrations.RunPython.noop),
    ]
