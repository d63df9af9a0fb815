"""The walk of a demo: start everything, load the past, let the scheduler run three days by itself."""

import json
import sys
import time
from collections.abc import Callable
from datetime import date

import requests

from dags.pools import pools
from demo.api import Api, Run
from demo.home import ACCOUNTS, Home
from demo.processes import Processes
from demo.progress import Progress
from demo.world import World, clock

PATIENCE = 1800.0
"""Seconds after which a stage that has not come to its end is given up."""


class Stuck(RuntimeError):  # noqa: N818 # the house names an error by what to do next
    """A run failed, or nothing came of it in all that time."""


class Walk:
    """One demo under way: its world, its home, its processes and what it has seen so far."""

    def __init__(self, world: World, home: Home, processes: Processes, progress: Progress) -> None:
        self.world = world
        self.home = home
        self.processes = processes
        self.progress = progress
        self.api = Api(home.airflow_url)
        self.told: set[Run] = set()

    def start(self) -> None:
        """Start the sandbox and Airflow; the scheduler knows the Dags, but no day that it could run."""
        python = sys.executable
        port = str(self.home.sandbox_port)
        now = clock(self.world.loaded)
        start = self.processes.start
        start("sandbox", python, "-m", "sandbox", "serve", "--port", port, "--now", now, *self.world.arguments)
        airflow = (python, "-m", "airflow")
        goes_on = (self.home.folder / "airflow" / "airflow.db").exists()
        start("migrate", *airflow, "db", "migrate")
        self.processes.finish("migrate")
        start("api-server", *airflow, "api-server")
        if goes_on:  # tasks that wait from last time would start, and find nobody to report to
            self.until("starting", self.api.answers)
        start("scheduler", *airflow, "scheduler", "--skip-serve-logs")
        no_day = str(self.world.loaded)  # ends before it starts, so that no day runs before the first load is in
        start("dags", *airflow, "dags", "reserialize", RAPPORT_END=no_day)
        self.processes.finish("dags")
        self.until("starting", self.is_up)
        self.api.pools(pools())

    def is_up(self) -> bool:
        """Whether the sandbox and Airflow answer."""
        try:
            sandbox = requests.get(f"{self.home.sandbox_url}/_sandbox/healthy", timeout=5).ok
        except requests.RequestException:
            sandbox = False
        return sandbox and self.api.is_up()

    def load(self) -> None:
        """The first load: one run per vendor over the whole past."""
        known = self.api.runs()
        for run in known:
            if run.state == "failed":
                self.api.again(run)
        wanted = {f"extract__{vendor}" for vendor in ACCOUNTS}
        for dag in sorted(wanted - {run.dag for run in known}):
            self.api.trigger(dag, self.world.first, self.world.loaded)
        self.until("first load", lambda: wanted <= self.over(self.world.loaded))

    def run_days(self) -> None:
        """Three mornings later: the scheduler runs the days that have passed, and the builds follow their assets."""
        requests.post(
            f"{self.home.sandbox_url}/_sandbox/clock", json={"now": clock(self.world.last)}, timeout=10
        ).raise_for_status()
        python = sys.executable
        self.processes.start("dag-processor", python, "-m", "airflow", "dag-processor")
        self.processes.start("triggerer", python, "-m", "airflow", "triggerer", "--skip-serve-logs")
        days = (self.world.loaded, *self.world.days)
        self.until("daily runs", lambda: all("build__engagement" in self.over(day) for day in days))

    def over(self, day: date) -> set[str]:
        """The Dags that have run that partition well."""
        self.look()
        return {run.dag for run in self.told if run.key == str(day)}

    def look(self) -> None:
        """See which runs ended since the last look; Stuck if one failed."""
        for run in self.api.runs():
            if run.state == "failed":
                raise Stuck("\n".join([f"{run.dag} failed for {run.key}", *self.reasons(run), self.logs_of(run)]))
            if run.is_over and run not in self.told:
                self.told.add(run)
                self.progress.tell(run)
        self.progress.running(self.api.tasks("running"), self.api.count("success"))

    def until(self, stage: str, is_there: Callable[[], bool]) -> None:
        """Look once a second until it is there; Stuck after too long, Died if a process ends meanwhile."""
        self.progress.stage(stage)
        deadline = time.monotonic() + PATIENCE
        while not is_there():
            if time.monotonic() > deadline:
                raise Stuck(f"{stage}: no end after {PATIENCE:.0f} s; see {self.home.logs}")
            self.processes.check()
            time.sleep(0.5)
            self.progress.tick()

    def reasons(self, run: Run) -> list[str]:
        """What the failed steps of that day say of themselves."""
        said = [json.loads(file.read_text()) for file in sorted((self.home.data / "runs").glob(f"{run.key}.*.json"))]
        return [f"  {step['step']}: {step['message']}" for step in said if step["status"] == "failed"]

    def logs_of(self, run: Run) -> str:
        """Where the logs of a run's tasks lie."""
        logs = self.home.folder / "airflow" / "logs" / f"dag_id={run.dag}" / f"run_id={run.id}"
        return f"  logs of its tasks: {logs}"
