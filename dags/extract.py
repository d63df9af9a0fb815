"""One Airflow Dag per vendor in use: each endpoint of a day, the raw gate, and so the asset `raw/<vendor>`."""
# ruff: noqa: PLC0415 # what is heavy is imported inside the tasks, so that the file parses in milliseconds

from datetime import time
from typing import Any

from airflow.sdk import DAG, Asset, CronPartitionTimetable, dag, task

from dags.partition import window_of
from dags.policy import TASK, first_tick, last_tick
from extractors import settings
from extractors.spec import Source

ABOUT = """
Reads one UTC day of **{name}** ({channel}) into the lake, one task per endpoint (its children are read with it), then
asks the raw gate whether the day is fit. Only then does the asset `raw/{name}` have that partition.

Run a day again: trigger it with its `partition_key`. First load: add the conf `{{"from": "YYYY-MM-DD"}}`; the key is
the last day of it.
"""


def extract(source: Source) -> DAG:
    """The Dag `extract__<vendor>`: one run per UTC day, one day at a time, catching up on those it missed."""
    raw = Asset(f"raw/{source.name}")

    @task(pool=f"vendor__{source.name}")
    def read(endpoint: str, partition_key: Any = None, dag_run: Any = None, task_state_store: Any = None) -> Any:
        from dags.connections import account, digest_key
        from dags.journal import step
        from dags.waiting import outside
        from extractors import run

        window = window_of(partition_key, dag_run.conf)
        subject = f"{source.name}.{endpoint}"
        with outside(task_state_store), step("extract", window.days[-1], subject, source.name) as record:
            account_, lake, key = account(source.name), settings.lake(), digest_key()
            receipts = run.extract(source, endpoint, window, account_, lake, key)
            record["rows_out"] = sum(receipt.rows for receipt in receipts)
            said = sorted({f"{r.endpoint}: {why}" for r in receipts for why in r.left_out})
            if refused := sum(receipt.refused_files for receipt in receipts):
                said.append(f"{refused} files lie refused, their reasons beside them")
            record["message"] = "; ".join(said)
        return record["rows_out"]

    @task(outlets=[raw])
    def gate(rows: Any, partition_key: Any = None, dag_run: Any = None, outlet_events: Any = None) -> None:
        from expectations.gate import GateClosed, check_raw

        days = window_of(partition_key, dag_run.conf).days
        verdict = check_raw(source, settings.lake(), days, settings.runs())
        if not verdict.passed:
            raise GateClosed(str(verdict))
        outlet_events[raw].extra = {"rows": sum(rows), "partitions": len(days)}

    @dag(
        dag_id=f"extract__{source.name}",
        schedule=CronPartitionTimetable("0 0 * * *", timezone="UTC", run_offset=-1, key_format="%Y-%m-%d"),
        start_date=first_tick(time(0)),
        end_date=last_tick(time(0)),
        catchup=first_tick(time(0)) is not None,
        max_active_runs=1,
        default_args=TASK,
        tags=["extract", f"channel:{source.channel}"],
        doc_md=ABOUT.format(name=source.name, channel=source.channel),
    )
    def flow() -> None:
        gate([read.override(task_id=endpoint.name)(endpoint.name) for endpoint in source.roots])

    return flow()


for vendor in settings.sources().values():
    globals()[f"extract__{vendor.name}"] = extract(vendor)
