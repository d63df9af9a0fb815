"""Where a demo keeps what it makes: one folder per world, with an Airflow home and the data."""

import fcntl
import json
import os
import secrets
import socket
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from demo.world import World

CHECKOUT = Path(__file__).resolve().parent.parent
IMPORTED_ONCE = (
    "airflow.executors.local_executor,airflow.sdk.execution_time.supervisor,airflow.sdk.execution_time.task_runner,"
    "great_expectations,pyarrow.json,pyarrow.parquet,urllib3"
)
"""What every task needs and is forked with, instead of seconds of imports; nothing of ours, which people edit."""
ACCOUNTS: dict[str, dict[str, object]] = {
    "hubspot": {"password": "sandbox-hubspot-token"},
    "mailchimp": {"password": "sandbox-mailchimp-key-us1"},
    "matomo": {"password": "sandbox-matomo-token", "extra": {"site": "1"}},
    "bluesky": {
        "login": "brand.example",
        "password": "sandbox-bluesky-password",
        "extra": {"actor": "brand.example"},
    },
}
"""How to sign in at each vendor's sandbox; invented, and good for nothing else."""


def free_port(wish: int = 0) -> int:
    """A free loopback port: the wished one if it is free, else any."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", wish))
        except OSError:
            return free_port()
        return int(probe.getsockname()[1])


@dataclass(frozen=True)
class Home:
    """The folder of one world and the two ports of this run."""

    folder: Path
    airflow_port: int
    sandbox_port: int

    @property
    def data(self) -> Path:
        """The lake, the warehouse, the published marts and the records of the runs."""
        return self.folder / "data"

    @property
    def published(self) -> Path:
        """What BI tools read: the version that `current` points to."""
        return self.data / "published"

    @property
    def logs(self) -> Path:
        """What each process printed; the logs of tasks lie in airflow/logs beside it."""
        return self.folder / "logs"

    @property
    def airflow_url(self) -> str:
        """Airflow's UI and REST API, on loopback."""
        return f"http://127.0.0.1:{self.airflow_port}"

    @property
    def sandbox_url(self) -> str:
        """The vendors, on loopback."""
        return f"http://127.0.0.1:{self.sandbox_port}"

    def lock(self) -> TextIO:
        """Hold the folder for this process; SystemExit where another demo has it, or what a killed one left running."""
        self.logs.mkdir(parents=True, exist_ok=True)
        held = (self.folder / "lock").open("w")
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            held.close()
            raise SystemExit(f"another demo, or what a killed one left running, is at work in {self.folder}") from None
        return held


def home(world: World, wish: int = 0) -> Home:
    """The home of a world, with free ports."""
    return Home(CHECKOUT / ".demo" / world.name, free_port(wish), free_port())


def kept_secrets(folder: Path) -> dict[str, str]:
    """The secrets of this folder's Airflow and its digest key, made once and readable by nobody else."""
    file = folder / "secrets.json"
    if not file.exists():
        made = {name: secrets.token_hex(32) for name in ("jwt", "session", "digest")}
        with open(file, "w", opener=lambda path, flags: os.open(path, flags, 0o600)) as opened:
            json.dump(made, opened)
    return dict(json.loads(file.read_text()))


def environment(home: Home, world: World) -> dict[str, str]:
    """What every process of the demo sees: this Airflow, these vendors, this data, and nothing of the caller's own."""
    ours = ("AIRFLOW", "RAPPORT_")
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    keep = kept_secrets(home.folder)
    digest = keep["digest"] if "--world" in world.arguments else "sandbox-digest-key"  # a fixed city, fixed output
    connections = {"digest": {"conn_type": "generic", "password": digest}} | {
        name: {"conn_type": "http", "host": f"{home.sandbox_url}/{name}", **account}
        for name, account in ACCOUNTS.items()
    }
    settings = {
        "AIRFLOW_HOME": home.folder / "airflow",
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{home.folder / 'airflow' / 'airflow.db'}?timeout=60",
        "AIRFLOW__CORE__DAGS_FOLDER": CHECKOUT / "dags",
        "AIRFLOW__CORE__LOAD_EXAMPLES": False,
        "AIRFLOW__CORE__EXECUTOR": "LocalExecutor",
        "AIRFLOW__CORE__PARALLELISM": 4,
        "AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION": False,
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_ALL_ADMINS": True,
        "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"{home.airflow_url}/execution/",
        "AIRFLOW__API__HOST": "127.0.0.1",
        "AIRFLOW__API__PORT": home.airflow_port,
        "AIRFLOW__API__BASE_URL": home.airflow_url,
        "AIRFLOW__API__WORKERS": 1,
        "AIRFLOW__API__SECRET_KEY": keep["session"],
        "AIRFLOW__API_AUTH__JWT_SECRET": keep["jwt"],
        "AIRFLOW__SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT": 60,
        "AIRFLOW__SCHEDULER__MP_START_METHOD": "forkserver",
        "AIRFLOW__SCHEDULER__MP_FORKSERVER_PRELOAD": IMPORTED_ONCE,
        "AIRFLOW__DAG_PROCESSOR__MIN_FILE_PROCESS_INTERVAL": 300,
        "RAPPORT_LAKE": home.data / "lake",
        "RAPPORT_WAREHOUSE": home.data / "warehouse.duckdb",
        "RAPPORT_PUBLISHED": home.published,
        "RAPPORT_RUNS": home.data / "runs",
        "RAPPORT_VENDORS": ",".join(ACCOUNTS),
        "RAPPORT_START": world.days[0],
        "RAPPORT_END": world.days[-1],
        "ARROW_DEFAULT_MEMORY_POOL": "system",
        "OPENBLAS_NUM_THREADS": 1,
        "PYTHONPATH": CHECKOUT,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "NO_PROXY": "127.0.0.1,localhost",
        "no_proxy": "127.0.0.1,localhost",
    } | {f"AIRFLOW_CONN_{name.upper()}": json.dumps(value) for name, value in connections.items()}
    return inherited | {name: str(value) for name, value in settings.items()}
