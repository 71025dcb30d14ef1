"""Limits of use: the count, what it is kept under, and that it holds between processes."""

from __future__ import annotations

import threading

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import Client, RequestFactory
from pytest_django import Settings

from platform_site.accounts.models import User
from platform_site.safety.models import UseCounter
from platform_site.safety.rate_limits import allow, client_key, forget_expired

NOON = "2026-11-20 12:00:00+00:00"


def key_of(rf: RequestFactory, address: str, **headers: str) -> str:
    request = rf.get("/", REMOTE_ADDR=address, headers=headers)
    request.user = AnonymousUser()
    return client_key(request)


@pytest.mark.django_db
def test_uses_within_the_limit_are_allowed_then_refused() -> None:
    with time_machine.travel(NOON, tick=False):
        assert [allow("report", "a", limit=3, seconds=60) for _ in range(5)] == [True, True, True, False, False]


@pytest.mark.django_db
def test_a_refused_use_is_not_counted() -> None:
    with time_machine.travel(NOON, tick=False):
        for _ in range(4):
            allow("report", "a", limit=1, seconds=60)
    assert UseCounter.objects.get().count == 1


@pytest.mark.django_db
def test_people_things_and_stretches_are_counted_apart() -> None:
    with time_machine.travel(NOON, tick=False):
        assert allow("report", "a", limit=1, seconds=60)
        assert allow("report", "b", limit=1, seconds=60)
        assert allow("search", "a", limit=1, seconds=60)
        assert allow("report", "a", limit=1, seconds=3600)
        assert not allow("report", "a", limit=1, seconds=60)


@pytest.mark.django_db
def test_a_new_stretch_allows_again_and_forgets_the_old_one() -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        assert allow("report", "a", limit=1, seconds=60)
        assert not allow("report", "a", limit=1, seconds=60)
        clock.shift(60)
        assert allow("report", "b", limit=1, seconds=60)
        assert allow("report", "a", limit=1, seconds=60)
        assert UseCounter.objects.count() == 2


@pytest.mark.django_db
def test_only_what_has_ended_is_forgotten() -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        allow("short", "a", limit=1, seconds=60)
        allow("long", "a", limit=1, seconds=3600)
        clock.shift(61)
        assert forget_expired() == 1
        assert not allow("long", "a", limit=1, seconds=3600)


@pytest.mark.django_db
@pytest.mark.parametrize(("limit", "seconds"), [(0, 60), (-1, 60), (1, 0)])
def test_a_limit_without_sense_is_refused(limit: int, seconds: int) -> None:
    with pytest.raises(ValueError, match="at least one"):
        allow("report", "a", limit=limit, seconds=seconds)


@pytest.mark.django_db
def test_nothing_that_names_somebody_is_stored(rf: RequestFactory, settings: Settings) -> None:
    key = key_of(rf, "203.0.113.77")
    assert "203.0.113" not in key
    allow("report", key, limit=1, seconds=60)
    (row,) = UseCounter.objects.values_list("key", flat=True)
    assert "203.0.113" not in row
    assert key.removeprefix("client:") not in row
    settings.SECRET_KEY = "another secret " * 5
    assert key_of(rf, "203.0.113.77") != key


@pytest.mark.django_db
def test_the_same_client_is_stored_under_another_key_in_each_stretch() -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        allow("report", "a", limit=1, seconds=60)
        first = UseCounter.objects.get().key
        clock.shift(60)
        allow("report", "a", limit=1, seconds=60)
        assert UseCounter.objects.get().key != first


def test_a_client_cannot_change_its_key_by_a_forged_header(rf: RequestFactory, settings: Settings) -> None:
    plain = key_of(rf, "203.0.113.77")
    assert {key_of(rf, "203.0.113.77", **{"X-Forwarded-For": f"198.51.100.{n}"}) for n in range(20)} == {plain}
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    forged = {key_of(rf, "10.0.0.1", **{"X-Forwarded-For": f"198.51.100.{n}, 203.0.113.77"}) for n in range(20)}
    assert forged == {plain}


def test_clients_behind_a_proxy_are_told_apart(rf: RequestFactory, settings: Settings) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    keys = {key_of(rf, "10.0.0.1", **{"X-Forwarded-For": f"203.0.113.{n}"}) for n in range(5)}
    assert len(keys) == 5


def test_one_customer_of_ipv6_is_one_client(rf: RequestFactory) -> None:
    assert key_of(rf, "2001:db8:1:2::1") == key_of(rf, "2001:db8:1:2:ffff::9")
    assert key_of(rf, "2001:db8:1:2::1") != key_of(rf, "2001:db8:1:3::1")
    assert key_of(rf, "::ffff:203.0.113.77") == key_of(rf, "203.0.113.77")


@pytest.mark.django_db
def test_a_signed_in_person_is_counted_by_the_account(rf: RequestFactory) -> None:
    request = rf.get("/", REMOTE_ADDR="203.0.113.77")
    request.user = User.objects.create_user(email="member@example.org", password="a long enough password")
    assert client_key(request) == f"account:{request.user.pk}"


@pytest.mark.django_db(transaction=True)
def test_uses_at_the_same_moment_are_all_counted() -> None:
    """Eight threads with a connection each, as eight workers have; check-then-write would let more through."""
    allowed: list[bool] = []
    start = threading.Barrier(8)

    def use() -> None:
        start.wait()
        try:
            for _ in range(4):
                allowed.append(allow("report", "a", limit=5, seconds=3600))
        finally:
            connection.close()

    threads = [threading.Thread(target=use) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(allowed) == 32
    assert sum(allowed) == 5


@pytest.mark.django_db
@pytest.mark.usefixtures("small_site")
def test_the_refusal_is_a_429_that_says_when(client: Client) -> None:
    with time_machine.travel(NOON, tick=False):
        assert [client.get("/en/limited/").status_code for _ in range(3)] == [200, 200, 429]
        response = client.get("/en/limited/")
    assert response.headers["Retry-After"] == "120"
    assert "2 minutes" in response.content.decode()
