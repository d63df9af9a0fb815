"""What the demo asks of its Airflow, over the REST API."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3.util import Retry

LOCKED = Retry(connect=0, read=0, status=5, status_forcelist=[500], allowed_methods=None, backoff_factor=1)
"""Airflow answers 500 where its SQLite is locked for longer than it waits: ask again."""


@dataclass(frozen=True)
class Run:
    """A Dag run: which Dag, for which partition, how far."""

    dag: str
    id: str
    key: str | None
    state: str
    seconds: float
    is_first_load: bool

    @property
    def is_over(self) -> bool:
        """Whether it ended, well or not."""
        return self.state in ("success", "failed")


class Api:
    """A signed-in client of one Airflow on loopback."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.session = requests.Session()
        self.session.trust_env = False  # a proxy has no business between this machine and itself
        self.session.mount(url, HTTPAdapter(max_retries=LOCKED))

    def ask(self, method: str, path: str, **body: Any) -> Any:
        """The answer as Python; requests.HTTPError where Airflow refuses."""
        answer = self.session.request(method, f"{self.url}{path}", timeout=30, **body)
        answer.raise_for_status()
        return answer.json() if answer.content else None

    def answers(self) -> bool:
        """Whether it answers at all, its scheduler alive or not."""
        try:
            return bool(self.ask("GET", "/api/v2/version"))
        except requests.RequestException:
            return False

    def is_up(self) -> bool:
        """Whether it answers, and its scheduler is alive; signs in when it does."""
        try:
            health = self.ask("GET", "/api/v2/monitor/health")
            if health["scheduler"]["status"] != "healthy":
                return False
            token = self.ask("GET", "/auth/token")["access_token"]
        except requests.RequestException:
            return False
        self.session.headers["Authorization"] = f"Bearer {token}"
        return True

    def dags(self) -> set[str]:
        """The Dags it knows."""
        return {dag["dag_id"] for dag in self.ask("GET", "/api/v2/dags?limit=100")["dags"]}

    def runs(self) -> list[Run]:
        """Every Dag run there is."""
        found = self.ask("GET", "/api/v2/dags/~/dagRuns?limit=100&order_by=-run_after")["dag_runs"]
        return [
            Run(
                dag=run["dag_id"],
                id=run["dag_run_id"],
                key=run["partition_key"],
                state=run["state"],
                seconds=_seconds(run["start_date"], run["end_date"]),
                is_first_load=run["run_type"] == "manual",
            )
            for run in found
        ]

    def tasks(self, state: str) -> list[tuple[str, str]]:
        """The Dag and the name of every task in that state."""
        query = f"/api/v2/dags/~/dagRuns/~/taskInstances?state={state}&limit=100"
        return [(task["dag_id"], task["task_id"]) for task in self.ask("GET", query)["task_instances"]]

    def count(self, state: str) -> int:
        """How many tasks are in that state."""
        query = f"/api/v2/dags/~/dagRuns/~/taskInstances?state={state}&limit=1"
        return int(self.ask("GET", query)["total_entries"])

    def trigger(self, dag: str, first: date, last: date) -> None:
        """Start one run for a span of days; one that was started before goes on."""
        run = {"dag_run_id": "first_load", "logical_date": None, "partition_key": str(last)}
        try:
            self.ask("POST", f"/api/v2/dags/{dag}/dagRuns", json=run | {"conf": {"from": str(first)}})
        except requests.HTTPError as error:
            if error.response.status_code != requests.codes.conflict:
                raise

    def again(self, run: Run) -> None:
        """Let the failed tasks of a run be tried again."""
        path = f"/api/v2/dags/{run.dag}/dagRuns/{run.id}/clear"
        self.ask("POST", path, json={"dry_run": False, "only_failed": True})

    def pools(self, pools: dict[str, dict[str, object]]) -> None:
        """Make these pools, and keep those that are there."""
        entities = [{"name": name, **pool} for name, pool in pools.items()]
        actions = [{"action": "create", "entities": entities, "action_on_existence": "skip"}]
        self.ask("PATCH", "/api/v2/pools", json={"actions": actions})


def _seconds(start: str | None, end: str | None) -> float:
    if not start or not end:
        return 0.0
    return (datetime.fromisoformat(end) - datetime.fromisoformat(start)).total_seconds()
