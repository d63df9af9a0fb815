"""One Airflow Dag per vendor of the catalog: each endpoint of a day, the raw gate, and so the asset `raw/<vendor>`."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

from airflow.sdk import DAG, Asset, CronPartitionTimetable, dag, task

from dags.partition import window_of
from dags.policy import LONGEST_WAIT, TASK, first_tick, last_tick
from extractors.catalog import catalog
from extractors.spec import Source

ABOUT = """
Reads one UTC day of **{name}** ({channel}) into the lake, one task per endpoint (its children are read with it), then
asks the raw gate whether the day is fit. Only then does the asset `raw/{name}` have that partition.

Run a day again: trigger with `partition_key`. First load: add conf `{{"from": "YYYY-MM-DD"}}`, the key is its last day.
"""


def extract(source: Source) -> DAG:
    """The Dag `extract__<vendor>`: one run per UTC day, one day at a time, catching up on those it missed."""
    raw = Asset(f"raw/{source.name}")

    @task(pool=f"vendor__{source.name}")
    def read(endpoint: str, partition_key: Any = None, dag_run: Any = None, task_state_store: Any = None) -> Any:
        from airflow.sdk.exceptions import AirflowRescheduleException

        from dags.connections import account, digest_key
        from extractors import run, settings
        from extractors.errors import Busy

        window = window_of(partition_key, dag_run.conf)
        try:
            receipts = run.extract(source, endpoint, window, account(source.name), settings.lake(), digest_key())
        except Busy as busy:
            waits = int(task_state_store.get("waits", 0))
            if busy.retry_after <= LONGEST_WAIT.total_seconds() or waits >= 20:
                raise
            task_state_store.set("waits", waits + 1)
            wait = timedelta(seconds=min(busy.retry_after, 3600))
            raise AirflowRescheduleException(datetime.now(UTC) + wait) from None
        return {"rows": sum(r.rows for r in receipts), "days": sorted({str(r.day) for r in receipts})}

    @task(outlets=[raw])
    def gate(reads: Any, partition_key: Any = None, outlet_events: Any = None) -> None:
        from dags.partition import day_of
        from expectations.gate import GateClosed, check_raw
        from extractors import settings

        days = sorted({day_of(day) for each in reads for day in each["days"]} | {day_of(partition_key)})
        verdict = check_raw(source, settings.lake(), days, settings.runs())
        if not verdict.passed:
            raise GateClosed(str(verdict))
        outlet_events[raw].extra = {"rows": sum(each["rows"] for each in reads), "partitions": len(days)}

    @dag(
        dag_id=f"extract__{source.name}",
        schedule=CronPartitionTimetable("0 0 * * *", timezone="UTC", run_offset=-1, key_format="%Y-%m-%d"),
        start_date=first_tick(time(0)),
        end_date=last_tick(time(0)),
        catchup=True,
        max_active_runs=1,
        default_args=TASK,
        tags=[f"channel:{source.channel}"],
        doc_md=ABOUT.format(name=source.name, channel=source.channel),
    )
    def flow() -> None:
        gate([read.override(task_id=endpoint.name)(endpoint.name) for endpoint in source.roots])

    return flow()


for vendor in catalog().values():
    globals()[f"extract__{vendor.name}"] = extract(vendor)
