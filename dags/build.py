"""The Airflow Dags that turn raw assets into published marts: on time, or at the deadline without who is late."""
# ruff: noqa: PLC0415 # what is heavy is imported inside the tasks, so that the file parses in milliseconds

from typing import Any

from airflow.sdk import DAG, Asset, AssetAll, CronPartitionTimetable, PartitionedAssetTimetable, dag, task
from airflow.sdk.exceptions import AirflowSkipException

from dags.partition import day_of
from dags.policy import DEADLINE, TASK, WRITER, first_tick, last_tick
from extractors import settings

CHANNELS = sorted({f"channel:{source.channel}" for source in settings.sources().values()})
STEPS = ": one dbt build, the gate over the marts, one atomic swap. A closed gate leaves yesterday published."


def build(dag_id: str, about: str, *, is_late: bool, **schedule: Any) -> DAG:
    """The Dag that builds, judges and publishes one UTC day; a late one only where that day is not published yet."""

    @task(pool=WRITER, retries=2)
    def transform(partition_key: Any = None) -> Any:
        from dags import journal, turn
        from publishing.build import build
        from publishing.publish import newest_day, published_day

        day = day_of(partition_key)
        published = published_day(settings.published())
        if is_late and (newest := newest_day(settings.published())) and newest >= day:
            raise AirflowSkipException(f"{day} is published already")  # what was rolled back comes back by hand only
        day = max(day, published or day)  # an old day read again goes into the newest marts, never back in time
        with journal.step("transform", day, "marts"), turn.building(day) as built:
            build(settings.lake(), settings.warehouse(), day)
        return built

    @task(pool=WRITER, retries=2)
    def validate(built: Any) -> Any:
        from dags import turn
        from expectations.gate import GateClosed, check_marts

        warehouse, day = turn.mine(built)
        verdict = check_marts(warehouse, day, settings.runs())
        if not verdict.passed:
            raise GateClosed(str(verdict))
        return verdict.record()

    @task(pool=WRITER, retries=2, outlets=[Asset("mart/engagement")])
    def publish(verdict: Any, built: Any) -> Any:
        from dags import journal, turn
        from publishing.publish import publish

        warehouse, day = turn.mine(built)
        with journal.step("publish", day, "marts"):
            return publish(warehouse, settings.published(), verdict, day, settings.runs())

    @dag(dag_id, max_active_runs=1, default_args=TASK, tags=["build", *CHANNELS], doc_md=about + STEPS, **schedule)
    def flow() -> None:
        built = transform()
        publish(validate(built), built)

    return flow()


build__engagement = build(
    "build__engagement",
    "As soon as **every** vendor's raw asset has a day",
    is_late=False,
    schedule=PartitionedAssetTimetable(assets=AssetAll(*(Asset(f"raw/{name}") for name in settings.sources()))),
)
build__late = build(
    "build__late",
    f"At {DEADLINE:%H:%M} UTC, for yesterday, without the vendors that are late, unless it is published already",
    is_late=True,
    schedule=CronPartitionTimetable(f"{DEADLINE:%-M %-H} * * *", timezone="UTC", run_offset=-1, key_format="%Y-%m-%d"),
    start_date=first_tick(DEADLINE),
    end_date=last_tick(DEADLINE),
    catchup=False,
)
