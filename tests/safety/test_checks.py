"""System checks and settings of the safety app."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import Settings

from platform_site.safety.checks import check_exit_targets, check_middleware_order
from platform_site.settings.env import ConfigurationError
from platform_site.settings.security import DEFAULT_EXIT_TARGETS, exit_targets


def test_the_site_as_it_stands_has_no_finding() -> None:
    assert check_exit_targets(None) == []
    assert check_middleware_order(None) == []


def test_a_language_without_an_exit_is_found(settings: Settings) -> None:
    settings.LANGUAGES = [*settings.LANGUAGES, ("pl", "Polish")]
    assert [(found.id, "pl" in found.msg) for found in check_exit_targets(None)] == [("safety.E001", True)]


def test_an_exit_over_an_open_connection_is_found(settings: Settings) -> None:
    settings.QUICK_EXIT_TARGETS = {**settings.QUICK_EXIT_TARGETS, "de": "http://weather.example/"}
    assert [found.id for found in check_exit_targets(None)] == ["safety.E001"]


@pytest.mark.parametrize("position", [0, 4])
def test_middleware_that_is_missing_or_out_of_order_is_found(settings: Settings, position: int) -> None:
    middleware = [name for name in settings.MIDDLEWARE if not name.endswith("SecurityHeadersMiddleware")]
    settings.MIDDLEWARE = middleware
    assert [found.id for found in check_middleware_order(None)] == ["safety.W002"]
    middleware.insert(position, "platform_site.safety.middleware.SecurityHeadersMiddleware")
    assert [found.id for found in check_middleware_order(None)] == ["safety.W002"]


def test_without_a_wish_each_language_has_a_default() -> None:
    assert exit_targets("") == DEFAULT_EXIT_TARGETS


def test_one_address_holds_for_all_languages() -> None:
    assert set(exit_targets("https://weather.example/?a=b").values()) == {"https://weather.example/?a=b"}


def test_an_address_can_be_set_for_some_languages() -> None:
    targets = exit_targets("fr=https://meteo.example/, de = https://wetter.example/")
    assert (targets["fr"], targets["de"]) == ("https://meteo.example/", "https://wetter.example/")
    assert targets["en"] == DEFAULT_EXIT_TARGETS["en"]


@pytest.mark.parametrize(
    "value", ["http://weather.example/", "de=javascript:alert(1)", "weather", "xx=https://a.example/", "https://"]
)
def test_an_address_that_does_not_fit_stops_the_start(value: str) -> None:
    with pytest.raises(ConfigurationError, match="QUICK_EXIT_TARGET"):
        exit_targets(value)


def test_production_cookies_belong_to_this_host_alone() -> None:
    from platform_site.settings import security

    for name in ("SESSION", "CSRF"):
        assert getattr(security, f"{name}_COOKIE_NAME").startswith("__Host-")
        assert getattr(security, f"{name}_COOKIE_SECURE")
        assert getattr(security, f"{name}_COOKIE_HTTPONLY")


def test_signing_out_works_with_the_cookie_names_of_production(client: Client, settings: Settings) -> None:
    """A cookie with the prefix is deleted only if the deletion says Secure as well."""
    settings.ROOT_URLCONF = "tests.safety.urls"
    settings.CSRF_COOKIE_NAME, settings.CSRF_COOKIE_SECURE = "__Host-csrftoken", True
    cookie = client.get("/en/leave/", secure=True).cookies["__Host-csrftoken"]
    assert (cookie["max-age"], cookie["secure"], cookie["path"], cookie["domain"]) == (0, True, "/", "")
