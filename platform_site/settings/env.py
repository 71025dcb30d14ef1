"""The one place that reads the environment: every variable, typed, with its default and its meaning.

`.env.example` lists the same names; `tests/settings/test_env.py` holds both together.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent.parent


class ConfigurationError(RuntimeError):
    """A variable of the environment is missing or cannot be used; the message says which and why."""


def text(name: str, default: str = "") -> str:
    """Return the variable `name` without surrounding blanks, or `default`."""
    return os.environ.get(name, default).strip()


def flag(name: str, *, default: bool = False) -> bool:
    """Return the variable `name` as yes or no (1, true, yes, on / 0, false, no, off, empty)."""
    value = text(name).lower()
    if not value:
        return default
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    raise ConfigurationError(f"{name} must be yes or no, not {value!r}.")


def number(name: str, default: int) -> int:
    """Return the variable `name` as a whole number of at least 0."""
    value = text(name)
    if not value:
        return default
    try:
        result = int(value)
    except ValueError as error:
        raise ConfigurationError(f"{name} must be a whole number, not {value!r}.") from error
    if result < 0:
        raise ConfigurationError(f"{name} must be at least 0, not {result}.")
    return result


def words(name: str) -> list[str]:
    """Return the variable `name` split at commas, empty parts left out."""
    return [part.strip() for part in text(name).split(",") if part.strip()]


@dataclass(frozen=True)
class Environment:
    """Everything that an operator can set. Read once, when the settings load."""

    secret_key: str = field(default_factory=lambda: text("SECRET_KEY"))
    secret_key_fallbacks: list[str] = field(default_factory=lambda: words("SECRET_KEY_FALLBACKS"))
    allowed_hosts: list[str] = field(default_factory=lambda: words("ALLOWED_HOSTS"))
    base_url: str = field(default_factory=lambda: text("BASE_URL", "http://localhost:8000").rstrip("/"))
    data_dir: Path = field(default_factory=lambda: Path(text("DATA_DIR") or BASE_DIR / "var" / "demo"))
    database_url: str = field(default_factory=lambda: text("DATABASE_URL"))
    database_password: str = field(default_factory=lambda: text("DATABASE_PASSWORD"))
    static_root: Path = field(default_factory=lambda: Path(text("STATIC_ROOT") or BASE_DIR / "var" / "static"))
    platform_name: str = field(default_factory=lambda: text("PLATFORM_NAME", "Waymark"))
    platform_tagline: str = field(default_factory=lambda: text("PLATFORM_TAGLINE"))
    contact_email: str = field(default_factory=lambda: text("CONTACT_EMAIL", "secretariat@example.org"))
    email_host: str = field(default_factory=lambda: text("EMAIL_HOST"))
    email_port: int = field(default_factory=lambda: number("EMAIL_PORT", 465))
    email_user: str = field(default_factory=lambda: text("EMAIL_USER"))
    email_password: str = field(default_factory=lambda: text("EMAIL_PASSWORD"))
    email_from: str = field(default_factory=lambda: text("EMAIL_FROM", "no-reply@example.org"))
    trusted_proxies: int = field(default_factory=lambda: number("TRUSTED_PROXIES", 0))
    four_eyes: bool = field(default_factory=lambda: flag("PUBLISH_FOUR_EYES", default=True))
    exit_target: str = field(default_factory=lambda: text("QUICK_EXIT_TARGET"))
    maintenance: bool = field(default_factory=lambda: flag("MAINTENANCE"))
    log_format: str = field(default_factory=lambda: text("LOG_FORMAT", "json"))
    log_level: str = field(default_factory=lambda: text("LOG_LEVEL", "INFO"))
    hsts_seconds: int = field(default_factory=lambda: number("HSTS_SECONDS", 63072000))


environment = Environment()


def database_settings(url: str, *, password: str, data_dir: Path) -> dict[str, object]:
    """Return Django's settings of the default database.

    `url` is empty (SQLite in the data folder), `sqlite:///path` or `postgresql://user@host:port/name`; the
    password of PostgreSQL stands apart, so that the address can be printed.

    Raises ConfigurationError for any other kind of address.
    """
    from urllib.parse import unquote, urlsplit

    parts = urlsplit(url)
    if parts.scheme in {"", "sqlite"}:
        path = Path(unquote(parts.path)) if parts.scheme else data_dir / "site.sqlite3"
        return {
            "ENGINE": "platform_site.safety.sqlite",
            "NAME": path,
            # Kept open: without one open connection nobody can read when the disk is full (see the engine).
            "CONN_MAX_AGE": None,
            # WAL with IMMEDIATE transactions: no "database is locked" at 32 writers (measured for the design).
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA temp_store=MEMORY;",
            },
        }
    if parts.scheme in {"postgresql", "postgres"}:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": password or unquote(parts.password or ""),
            "HOST": parts.hostname or "",
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
        }
    raise ConfigurationError("DATABASE_URL must begin with sqlite:// or postgresql://.")
