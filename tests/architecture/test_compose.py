"""The compose file, held to its shape and to the house's rules; no engine runs here."""

import importlib.util
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from demo.home import IMPORTED_ONCE
from extractors.catalog import catalog

CHECKOUT = Path(__file__).resolve().parents[2]
TEXT = (CHECKOUT / "docker-compose.yml").read_text()
AIRFLOW = {"init", "api-server", "scheduler", "dag-processor", "triggerer"}
KEYS = {
    *("build", "image", "init", "user", "restart", "cap_drop", "security_opt", "environment", "volumes", "depends_on"),
    *("entrypoint", "command", "ports", "healthcheck", "profiles", "network_mode"),
}
CHECK_KEYS = {"test", "interval", "timeout", "retries", "start_period"}


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(TEXT)
    assert set(found["services"]) == AIRFLOW | {"postgres", "sandbox"}, "no policy may pass on nothing"
    return found


def test_the_file_has_the_shape_of_a_compose_file(compose: dict[str, Any]) -> None:
    assert set(compose) == {"name", "x-airflow", "services", "volumes"}
    for name, service in compose["services"].items():
        assert set(service) <= KEYS, name
        assert ("build" in service) or ("image" in service)
        assert set(service.get("healthcheck", {})) <= CHECK_KEYS
        for other in service.get("depends_on", {}):
            assert other in compose["services"]
        for volume in service.get("volumes", []):
            assert volume.split(":")[0] in compose["volumes"]
        for value in service.get("environment", {}).values():
            assert value is None or isinstance(value, str), "what YAML takes for a number or boolean must be quoted"


def test_every_long_running_service_has_a_health_check(compose: dict[str, Any]) -> None:
    for name, service in compose["services"].items():
        assert (set(service.get("healthcheck", {})) == CHECK_KEYS) is (name != "init"), name


def test_nothing_listens_beyond_loopback(compose: dict[str, Any]) -> None:
    ports = [port for service in compose["services"].values() for port in service.get("ports", [])]
    assert len(ports) == 1
    assert all(port.startswith("127.0.0.1:") for port in ports)
    services = compose["services"].items()
    modes = {name: service["network_mode"] for name, service in services if "network_mode" in service}
    assert modes == {"sandbox": "service:scheduler"}, "the sandbox shares the tasks' loopback"


def test_our_containers_run_as_nobody_in_particular_and_gain_nothing(compose: dict[str, Any]) -> None:
    for name in AIRFLOW | {"sandbox"}:
        service = compose["services"][name]
        assert service["user"] == "50000:0"
        assert service["cap_drop"] == ["ALL"]
        assert service["security_opt"] == ["no-new-privileges:true"]
        assert service["init"] is True
    assert re.search(r"^USER 50000:0$", (CHECKOUT / "Dockerfile").read_text(), re.MULTILINE)


def test_all_airflow_services_share_their_secrets_and_their_database(compose: dict[str, Any]) -> None:
    shared = {
        *("AIRFLOW__API_AUTH__JWT_SECRET", "AIRFLOW__API__SECRET_KEY", "AIRFLOW__CORE__FERNET_KEY"),
        *("AIRFLOW__DATABASE__SQL_ALCHEMY_CONN", "AIRFLOW__CORE__EXECUTION_API_SERVER_URL"),
    }
    for name in AIRFLOW:
        environment = compose["services"][name]["environment"]
        assert {key: environment[key] for key in shared} == {
            key: compose["x-airflow"]["environment"][key] for key in shared
        }
    assert compose["x-airflow"]["environment"]["AIRFLOW__CORE__LOAD_EXAMPLES"] == "false"


def test_tasks_are_forked_from_a_process_that_has_imported_what_they_all_need(compose: dict[str, Any]) -> None:
    environment = compose["x-airflow"]["environment"]
    assert environment["AIRFLOW__SCHEDULER__MP_START_METHOD"] == "forkserver"
    once = environment["AIRFLOW__SCHEDULER__MP_FORKSERVER_PRELOAD"].split(", ")
    assert once == IMPORTED_ONCE.split(",")
    assert all(importlib.util.find_spec(name) for name in once), "Python passes over a module that is not there"


def test_only_the_scheduler_sees_a_vendors_connection(compose: dict[str, Any]) -> None:
    connections = {f"AIRFLOW_CONN_{vendor.upper()}" for vendor in catalog()} | {"AIRFLOW_CONN_DIGEST"}
    for name, service in compose["services"].items():
        seen = {key for key in service.get("environment", {}) if key.startswith("AIRFLOW_CONN_")}
        assert seen == (connections if name == "scheduler" else set()), name


def test_the_sandbox_starts_only_when_asked_for(compose: dict[str, Any]) -> None:
    profiles = {name: service.get("profiles") for name, service in compose["services"].items()}
    assert {name for name, profile in profiles.items() if profile} == {"sandbox"}


def test_airflow_starts_after_its_database_is_migrated_and_its_pools_are_made(compose: dict[str, Any]) -> None:
    for name in AIRFLOW - {"init"}:
        waits = compose["services"][name]["depends_on"]
        assert waits["init"]["condition"] == "service_completed_successfully"
    steps = compose["services"]["init"]["command"][0]
    assert steps.index("db migrate") < steps.index("dags.pools") < steps.index("pools import")


def test_no_secret_is_written_down(compose: dict[str, Any]) -> None:
    values = [value for key, value in _variables(compose) if re.search("SECRET|PASSWORD|FERNET|CONN_", key) and value]
    assert values
    assert all("${" in value for value in values)
    assert all(value.startswith("${") and ":?" in value for value in values if "://" not in value)


def test_the_example_names_every_variable_with_a_sentence_and_no_value(compose: dict[str, Any]) -> None:
    taken = set(re.findall(r"\$\{(\w+)", TEXT)) - {"HOSTNAME"}
    taken |= {key for key, value in _variables(compose) if value is None}
    lines = (CHECKOUT / ".env.example").read_text().splitlines()
    named = {}
    for before, line in zip(["", *lines], lines, strict=False):
        if line and not line.startswith("#"):
            name, _, value = line.partition("=")
            assert value == "", name
            assert before.startswith("# "), f"{name} has no sentence"
            named[name] = before
    assert set(named) == taken


def test_the_image_installs_only_what_the_lock_names() -> None:
    image = (CHECKOUT / "Dockerfile").read_text()
    assert "--require-hashes -r /tmp/requirements.txt" in image
    assert image.count("pip install") == 1
    copied = set(re.findall(r"^COPY (?:--from=\S+ )?(\S+)", image, re.MULTILINE))
    assert copied <= {path.name for path in CHECKOUT.iterdir()} | {"/opt/venv"} | {"dbt_project"}


def _variables(compose: dict[str, Any]) -> list[tuple[str, str | None]]:
    return [pair for service in compose["services"].values() for pair in service.get("environment", {}).items()]
