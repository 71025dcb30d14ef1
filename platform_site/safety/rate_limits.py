"""How often somebody may do a thing: a counter per actor and stretch of time, in the site's own database.

It holds across workers and restarts. The kept libraries do not fit: `limits` needs Redis, Memcached or MongoDB to be
shared, django-ratelimit and allauth's own limits read and write a cache entry in two steps and count too little
when requests come together. Here the database compares and counts in one statement.

A stretch begins on a fixed grid of the clock, so somebody may reach the limit just before and just after its edge.
"""

from __future__ import annotations

import ipaddress
import time
from datetime import UTC, datetime

from allauth.account.adapter import get_adapter
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from platform_site.safety.models import UseCounter

SALT = "platform_site.safety.rate_limits"
# An IPv6 customer has a whole /64; counting single addresses of it would count nothing.
IPV6_PREFIX = 64


def allow(scope: str, key: str, *, limit: int, seconds: int) -> bool:
    """Count one use of `scope` by `key` and tell whether it is within `limit` per `seconds`.

    `scope` names the thing ("directory.error_report"), `key` the actor (see `client_key`); neither is stored. A
    refused use is not counted. Call it outside a transaction that may be rolled back, or the count goes with it.
    Raises ValueError if `limit` or `seconds` is below 1.
    """
    if limit < 1 or seconds < 1:
        raise ValueError("A limit needs at least one use in at least one second.")
    stretch = int(time.time()) // seconds
    counter = _hash(f"{scope}\n{key}\n{seconds}\n{stretch}")
    if _count(counter, limit):
        return True
    forget_expired()
    end = datetime.fromtimestamp((stretch + 1) * seconds, UTC)
    UseCounter.objects.bulk_create([UseCounter(key=counter, expires_at=end)], ignore_conflicts=True)
    return _count(counter, limit)


def client_key(request: HttpRequest) -> str:
    """Return a key for whoever sends the request: the account if signed in, else a keyed hash of the network address.

    Behind proxies the address is the one that the last trusted proxy saw (`TRUSTED_PROXIES`), never what the client
    writes into X-Forwarded-For itself.
    """
    if request.user.is_authenticated:
        return f"account:{request.user.pk}"
    address = ipaddress.ip_address(get_adapter(request).get_client_ip(request))
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            address = address.ipv4_mapped
        else:
            return f"client:{_hash(str(ipaddress.ip_network((address, IPV6_PREFIX), strict=False)))}"
    return f"client:{_hash(str(address))}"


def forget_expired() -> int:
    """Delete the counters whose stretch has ended; returns how many."""
    deleted, _details = UseCounter.objects.filter(expires_at__lte=timezone.now()).delete()
    return deleted


def _count(counter: str, limit: int) -> bool:
    """Add one in a single statement if the counter is there and below `limit`."""
    return UseCounter.objects.filter(key=counter, count__lt=limit).update(count=F("count") + 1) == 1


def _hash(text: str) -> str:
    """Return a hash that nobody without the site's secret can test a guess against."""
    return salted_hmac(SALT, text, algorithm="sha256").hexdigest()
