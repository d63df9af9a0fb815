"""The process: one port, loopback, keep-alive, many at once, stopped by a signal."""

import http.client
import json
import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit
from urllib.request import urlopen


def test_a_connection_is_kept_and_every_answer_told_in_full(caller, served):
    connection = http.client.HTTPConnection(urlsplit(served).netloc, timeout=10)
    for _ in range(3):
        connection.request("GET", "/hubspot/crm/v3/owners", headers=caller.tokens["hubspot"])
        answer = connection.getresponse()
        assert len(answer.read()) == int(answer.headers["Content-Length"])
        assert connection.sock is not None
    connection.close()


def test_many_callers_at_once_are_told_the_same(caller, served):
    def ask(_):
        connection = http.client.HTTPConnection(urlsplit(served).netloc, timeout=30)
        connection.request("GET", "/hubspot/crm/v3/objects/contacts?limit=50", headers=caller.tokens["hubspot"])
        told = connection.getresponse().read()
        connection.close()
        return told

    with ThreadPoolExecutor(16) as pool:
        assert len(set(pool.map(ask, range(48)))) == 1


def test_stats_count_requests_by_status_and_path(caller):
    caller.ask("hubspot", "/crm/v3/owners")
    caller.ask("hubspot", "/crm/v3/owners", headers={})
    told = caller.ask("_sandbox", "/stats").json["hubspot"]
    assert told == {"requests": 2, "status 200": 1, "status 401": 1, "path /crm/v3/owners": 2}


def test_an_unknown_vendor_or_control_is_not_found(caller):
    assert caller.ask("salesforce", "/services").status == 404
    assert caller.ask("_sandbox", "/nothing").status == 404
    assert caller.ask("_sandbox", "/clock", {"now": "noon"}).status == 400


def test_the_command_serves_on_loopback_until_a_signal_comes():
    command = [sys.executable, "-m", "sandbox", "serve", "--people", "30", "--now", "2026-07-20T06:00:00Z"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": "."}) as process:
        try:
            address = process.stdout.readline().strip()
            assert address.startswith("http://127.0.0.1:")
            with urlopen(f"{address}/_sandbox/healthy", timeout=10) as answer:  # noqa: S310 - our own address
                assert json.load(answer) == {"healthy": True, "now": "2026-07-20T06:00:00.000Z"}
        finally:
            process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=20) == 0
