"""What all settings share. Nothing here reads the environment or imports code of ours but `env`."""

from __future__ import annotations

from typing import Any
from zoneinfo import available_timezones

from django.utils.translation import gettext_lazy as _

from platform_site.settings.env import BASE_DIR, database_settings, environment
from platform_site.settings.mail import *  # noqa: F403  settings by concern are put together here
from platform_site.settings.security import *  # noqa: F403  settings by concern are put together here

DEBUG = False
STYLE_GUIDE = False
ROOT_URLCONF = "platform_site.urls"
WSGI_APPLICATION = "platform_site.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ALLOWED_HOSTS = environment.allowed_hosts
BASE_URL = environment.base_url
WAGTAILADMIN_BASE_URL = BASE_URL

INSTALLED_APPS = [
    "newsletters",
    "library",
    "practices",
    "directory",
    "search",
    "platform_site.home",
    "platform_site.pages",
    "platform_site.safety",
    "platform_site.listing",
    "platform_site.blocks",
    "platform_site.records",
    "platform_site.texts",
    "platform_site.vocabulary",
    "platform_site.ui",
    "platform_site.accounts",
    "wagtail.contrib.settings",
    "wagtail.contrib.redirects",
    "wagtail.contrib.simple_translation",
    "wagtail.locales",
    "wagtail.sites",
    "platform_site.accounts.wagtail_users.PeopleConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
]

MIDDLEWARE = [
    "platform_site.safety.middleware.RequestLogMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "platform_site.safety.middleware.SecurityHeadersMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "platform_site.safety.middleware.MaintenanceMiddleware",
    "platform_site.home.kept_pages.KeptPagesMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "platform_site.safety.middleware.PrefixLocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "platform_site.safety.admin_arguments.AdminArgumentsMiddleware",
    "platform_site.home.redirects.PublicRedirectMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "platform_site.ui.context_processors.site_chrome",
            ],
        },
    }
]

# --- data -------------------------------------------------------------------------------------------------------
DATA_DIR = environment.data_dir
DATABASES = {
    "default": database_settings(
        environment.database_url, password=environment.database_password, data_dir=environment.data_dir
    )
}
# Whole pages of visitors are kept in memory until something is written (`home.kept_pages`).
KEEP_PAGES = True
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    # Limits of guessing hold across workers and restarts, so they stand in the database; the default cull at
    # 300 entries would forget them.
    "limits": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "limits_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
}
MEDIA_ROOT = environment.data_dir / "media"
MEDIA_URL = "/media/"
# Files of the library: beside the media, not in it, because a view decides who gets them.
LIBRARY_ROOT = environment.data_dir / "library"
STATIC_URL = "/static/"
STATIC_ROOT = environment.static_root
STATICFILES_DIRS = [BASE_DIR / "static"]
# Uploads leave through the site alone; the web server reads the static files, whatever umask the site runs under.
OWN_FILES = {"file_permissions_mode": 0o600, "directory_permissions_mode": 0o700}
PUBLIC_FILES = {"file_permissions_mode": 0o644, "directory_permissions_mode": 0o755}
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": OWN_FILES},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage", "OPTIONS": PUBLIC_FILES},
}
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4000

# --- languages --------------------------------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("fr", _("French")), ("de", _("German")), ("es", _("Spanish")), ("it", _("Italian"))]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
LOCALE_PATHS = [BASE_DIR / "platform_site" / "locale"]
FORMAT_MODULE_PATH = ["platform_site.settings.formats"]
USE_I18N = True
WAGTAIL_I18N_ENABLED = True
USE_TZ = True
TIME_ZONE = "Europe/Brussels"

# --- the platform -----------------------------------------------------------------------------------------------
PLATFORM_NAME = environment.platform_name
PLATFORM_TAGLINE = environment.platform_tagline
CONTACT_EMAIL = environment.contact_email
PUBLISH_FOUR_EYES = environment.four_eyes
# Months after the last confirmation, ends of: freshly confirmed, confirmed, due, due soon to lapse.
FRESHNESS_MONTHS = (3, 6, 9, 12)
SEARCH_SOURCES_BACKEND = "search.orm"

# --- accounts ---------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_ADAPTER = "platform_site.accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {"login": "platform_site.accounts.forms.SignInForm"}
ALLAUTH_TRUSTED_PROXY_COUNT = environment.trusted_proxies
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 15}},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# --- Wagtail ----------------------------------------------------------------------------------------------------
WAGTAIL_SITE_NAME = PLATFORM_NAME
# The browser knows no zone named "localtime", which the system's list has: the account page would throw.
CONTINENTS = ("Africa/", "America/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/", "Pacific/")
WAGTAIL_USER_TIME_ZONES = ["UTC", *sorted(zone for zone in available_timezones() if zone.startswith(CONTINENTS))]
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAILUSERS_PASSWORD_ENABLED = False
WAGTAIL_PRIVATE_PAGE_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAILDOCS_PRIVATE_COLLECTION_OPTIONS = {"SHARED_PASSWORD": False}
# One sign-in for all: names of addresses, so that they lead into the reader's language.
WAGTAIL_FRONTEND_LOGIN_URL = "account_login"
WAGTAILADMIN_LOGIN_URL = "account_login"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "odt", "txt"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILDOCS_DOCUMENT_FORM_BASE = "platform_site.safety.documents.CleanDocumentForm"
# No document opens inside the browser, where its scripts would run: each is handed out as a file.
WAGTAILDOCS_INLINE_CONTENT_TYPES: list[str] = []
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
WAGTAILIMAGES_IMAGE_FORM_BASE = "platform_site.safety.uploads.CleanImageForm"
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp"]
WAGTAILEMBEDS_FINDERS: list[dict[str, object]] = []
# The search of the editors' screens: plain comparison of titles. Wagtail's other backend answers 500 to a lone quote,
# ranks in quadratic time on SQLite and writes an index on every save; the site has a search of its own.
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database.fallback", "AUTO_UPDATE": False}}
WAGTAIL_MODERATION_ENABLED = True
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
WAGTAIL_WORKFLOW_CANCEL_ON_PUBLISH = True
SILENCED_SYSTEM_CHECKS: list[str] = []
