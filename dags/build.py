"""The Airflow Dags that turn a day's raw assets into published marts: on time, or at the deadline without who is late."""

from datetime import time
from typing import Any

from airflow.sdk import DAG, Asset, AssetAll, CronPartitionTimetable, PartitionedAssetTimetable, dag, task

from dags.partition import day_of
from dags.policy import DEADLINE, TASK, WRITER, first_tick, last_tick
from extractors.catalog import catalog

ABOUT = """
`transform` (one dbt build) → `validate` (the gate over the marts) → `publish` (one atomic swap). A closed gate leaves
yesterday published and this run red. Safe to run again, and beside its twin.
"""


def build(dag_id: str, about: str, *, is_late: bool, **schedule: Any) -> DAG:
    """The Dag that builds, judges and publishes one UTC day; a late one only where that day is not published yet."""

    @task(pool=WRITER)
    def transform(partition_key: Any = None) -> str:
        from airflow.sdk.exceptions import AirflowSkipException

        from extractors import settings
        from publishing import build, publish

        day = day_of(partition_key)
        published = publish.day(settings.published())
        if is_late and published and published >= day:
            raise AirflowSkipException(f"{day} is published already")
        as_of = max(day, published or day)  # an old day read again goes into the newest marts, not back in time
        build.build(settings.lake(), settings.warehouse(), as_of)
        return as_of.isoformat()

    @task(pool=WRITER)
    def validate(day: str) -> Any:
        from expectations.gate import GateClosed, check_marts
        from extractors import settings

        verdict = check_marts(settings.warehouse(), day_of(day), settings.runs())
        if not verdict.passed:
            raise GateClosed(str(verdict))
        return verdict.record()

    @task(pool=WRITER, outlets=[Asset("mart/engagement")])
    def publish_(verdict: Any, day: str) -> str:
        from extractors import settings
        from publishing.publish import publish

        return publish(settings.warehouse(), settings.published(), verdict, day_of(day))

    @dag(
        dag_id=dag_id,
        max_active_runs=1,
        default_args=TASK,
        tags=["build", *(f"channel:{source.channel}" for source in catalog().values())],
        doc_md=about + ABOUT,
        **schedule,
    )
    def flow() -> None:
        day = transform()
        publish_.override(task_id="publish")(validate(day), day)

    return flow()


build__engagement = build(
    "build__engagement",
    "Builds a day as soon as **every** vendor's raw asset has it.\n",
    is_late=False,
    schedule=PartitionedAssetTimetable(assets=AssetAll(*(Asset(f"raw/{name}") for name in catalog()))),
)
build__late = build(
    "build__late",
    f"At {DEADLINE:%H:%M} UTC, builds yesterday without the vendors that are late, unless it is published already.\n",
    is_late=True,
    schedule=CronPartitionTimetable(f"{DEADLINE:%-M %-H} * * *", timezone="UTC", run_offset=-1, key_format="%Y-%m-%d"),
    start_date=first_tick(DEADLINE),
    end_date=last_tick(DEADLINE),
    catchup=False,
)
