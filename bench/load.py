"""Processor time, speed and memory of the site under gunicorn with two workers, asked from this machine."""

from __future__ import annotations

import http.client
import itertools
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psutil

WORKERS = 2
CONNECTIONS = 4
HEADERS = {"Host": "localhost", "X-Forwarded-Proto": "https", "Connection": "keep-alive"}
_START_SECONDS = 60


class UnusableServerError(RuntimeError):
    """The server did not start or did not answer as it should."""


@dataclass
class Server:
    """A running gunicorn with its workers."""

    process: psutil.Process
    port: int

    def family(self) -> list[psutil.Process]:
        """Return the master and its workers."""
        return [self.process, *self.process.children(recursive=True)]

    def cpu_seconds(self) -> float:
        """Return the processor time that all of them have used, in their own code and in the system."""
        times = [process.cpu_times() for process in self.family()]
        return float(sum(each.user + each.system for each in times))

    def memory_bytes(self) -> int:
        """Return their memory with shared pages counted once (PSS)."""
        return int(sum(process.memory_full_info().pss for process in self.family()))


@contextmanager
def running_server(port: int) -> Iterator[Server]:
    """Start gunicorn with the settings of this process's environment; gives it once it answers."""
    command = [sys.executable, "-m", "gunicorn", "platform_site.wsgi", "--workers", str(WORKERS)]
    command += ["--bind", f"127.0.0.1:{port}", "--log-level", "warning", "--keep-alive", "5"]
    # Threads keep connections open between requests, as a proxy in front of the site does.
    command += ["--worker-class", "gthread", "--threads", "2"]
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL) as process:
        try:
            _wait(process, port)
            yield Server(psutil.Process(process.pid), port)
        finally:
            process.terminate()
            process.wait(30)


def _wait(process: subprocess.Popen[bytes], port: int) -> None:
    limit = time.monotonic() + _START_SECONDS
    while time.monotonic() < limit and process.poll() is None:
        try:
            get(http.client.HTTPConnection("127.0.0.1", port, timeout=30), "/health/")
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise UnusableServerError("gunicorn did not start")


def get(connection: http.client.HTTPConnection, path: str) -> bytes:
    """Ask for one address; gives the body. Raises UnusableServerError unless the answer is 200."""
    connection.request("GET", path, headers=HEADERS)
    response = connection.getresponse()
    body = response.read()
    if response.status != http.client.OK:
        raise UnusableServerError(f"{path} answers {response.status}")
    return body


def _others_busy() -> float:
    """Return the seconds that all processors of the machine have worked, for whomever."""
    times = psutil.cpu_times()
    return float(times.user + times.nice + times.system + times.irq + times.softirq)


def measure(server: Server, paths: Sequence[str], seconds: float, *, once: bool = False) -> dict[str, Any]:
    """Ask for the addresses over `CONNECTIONS` connections; gives requests, milliseconds and processor time of each.

    With `once`, each address is asked for one time only (what nobody asked before stays new) and the run ends with
    them; otherwise they are asked round and round for `seconds`, after a warm-up.
    """
    if not once:
        _ask(server, itertools.islice(itertools.cycle(paths), 20 * len(paths)), None)
    busy, own = _others_busy(), time.process_time()
    cpu, start = server.cpu_seconds(), time.monotonic()
    limit = start + seconds
    taken = _ask(server, iter(paths) if once else itertools.cycle(paths), limit)
    wall = time.monotonic() - start
    cpu = server.cpu_seconds() - cpu
    others = _others_busy() - busy - cpu - (time.process_time() - own)
    ordered = sorted(taken)
    return {
        "requests": len(taken),
        "requests_per_second": round(len(taken) / wall, 1),
        "cpu_ms": round(1000 * cpu / len(taken), 2),
        "ms_p50": round(1000 * statistics.median(ordered), 1),
        "ms_p95": round(1000 * ordered[int(0.95 * (len(ordered) - 1))], 1),
        # Above a tenth the figures of speed say little; processor time stays usable.
        "machine_used_by_others": round(max(0.0, others) / wall / (psutil.cpu_count() or 1), 2),
    }


def _ask(server: Server, addresses: Iterator[str], limit: float | None) -> list[float]:
    """Ask for the addresses until they end or the clock passes `limit`; gives the seconds of each request."""
    lock = threading.Lock()
    taken: list[float] = []
    failed: list[Exception] = []

    def work() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
        try:
            while not failed and (limit is None or time.monotonic() < limit):
                with lock:
                    path = next(addresses, None)
                if path is None:
                    return
                start = time.perf_counter()
                get(connection, path)
                taken.append(time.perf_counter() - start)
        except (OSError, http.client.HTTPException, UnusableServerError) as error:
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _number in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise failed[0]
    return taken
