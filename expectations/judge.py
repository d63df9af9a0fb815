"""Great Expectations over DuckDB: suites in, findings out.

Every table is measured by one SQL pass on the connection that Great Expectations holds, and the suite is judged on
that one row of numbers (one row per day for raw data). Great Expectations has no datasource for DuckDB
(great-expectations/great_expectations#12084 is open, read 2026-11-21), so it learns one here, through its own extension
points: a datasource, and an execution engine that keeps its connection open because a DuckDB result dies with it.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from math import inf
from typing import Any, Literal

import great_expectations as gx
import sqlalchemy as sa
from great_expectations.core.expectation_suite import ExpectationSuite
from great_expectations.data_context.types.base import ProgressBarsConfig
from great_expectations.datasource.fluent.config_str import ConfigStr
from great_expectations.datasource.fluent.sql_datasource import SQLDatasource
from great_expectations.execution_engine.sqlalchemy_execution_engine import SqlAlchemyExecutionEngine
from great_expectations.expectations.expectation_configuration import ExpectationConfiguration
from great_expectations.expectations.metadata_types import FailureSeverity

from expectations.suites import Expectation, Finding, GateBroken, Suite

Facts = list[dict[str, Any]]
GREATEST = "expect_column_max_to_be_between"
LEAST = "expect_column_min_to_be_between"


class DuckDBExecutionEngine(SqlAlchemyExecutionEngine):
    """Great Expectations' SQL engine with one connection for its lifetime."""

    @contextmanager
    def get_connection(self) -> Iterator[sa.Connection]:
        """The one connection."""
        if not self._connection:
            self._connection = self.engine.connect()
        yield self._connection


class DuckDBDatasource(SQLDatasource):
    """What `context.data_sources.add_duckdb(name, connection_string="duckdb:///…")` makes."""

    type: Literal["duckdb"] = "duckdb"  # type: ignore[assignment] # every datasource narrows it
    connection_string: ConfigStr | str

    @property
    def execution_engine_type(self) -> Any:
        """The engine that keeps its connection."""
        return DuckDBExecutionEngine


class Bench:
    """One context of Great Expectations on one database (a path, or ":memory:"), until the `with` ends."""

    def __init__(self, database: str) -> None:
        context = gx.get_context(mode="ephemeral")
        context.variables.progress_bars = ProgressBarsConfig(globally=False)
        sources: Any = context.data_sources
        with broken("the database"):
            self._source = sources.add_duckdb(
                "rapport",
                connection_string=f"duckdb:///{database}",
                # Great Expectations also asks for connections past its engine: they must be the same one, as well.
                kwargs={"connect_args": {"read_only": database != ":memory:"}, "poolclass": sa.StaticPool},
            )
            # The asset of every judgement is the same one, so that its engine, and with it the connection, stays.
            asset = self._source.add_query_asset("measured", query="select * from measured")
            self._whole = asset.add_batch_definition_whole_table("whole")
            self._run("set timezone = 'UTC'")

    def __enter__(self) -> "Bench":
        """The bench itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let go of the database, so that the next one can open it."""
        engine = self._source.get_execution_engine()
        with engine.get_connection() as connection:
            connection.close()
        engine.engine.dispose()
        self._source.get_engine().dispose()  # another one, with which the datasource tried the connection

    def rows(self, query: str, about: str) -> Facts:
        """The rows of a query as dictionaries; GateBroken, naming `about`, where it fails."""
        with broken(about):
            return self._run(query)

    def judge(self, suite: Suite, facts: str) -> list[Finding]:
        """The findings of a suite on the numbers that the query `facts` gives as columns e0, e1, …."""
        with broken(suite.name):
            self._run(f"create or replace temp table measured as {facts}")
            measured = self._run("from measured")
            expected = ExpectationSuite(name=suite.name, expectations=_expected(suite))
            results = self._whole.get_batch().validate(expected, result_format="BOOLEAN_ONLY").results
        held = _held(suite.name, results)
        if len(held) != len(suite.expectations):
            raise GateBroken(f"{suite.name}: {len(held)} of {len(suite.expectations)} expectations were judged")
        return [_finding(suite.name, n, e, held[n], measured) for n, e in enumerate(suite.expectations)]

    def _run(self, statement: str) -> Facts:
        with self._source.get_execution_engine().get_connection() as connection:
            result = connection.exec_driver_sql(statement)
            found = [dict(row) for row in result.mappings()] if result.returns_rows else []
            connection.commit()
            return found


@contextmanager
def broken(about: str) -> Iterator[None]:
    """Turn any error into GateBroken without its text, which may quote a value."""
    try:
        yield
    except Exception as error:
        kind = type(getattr(error, "orig", None) or error).__name__
        raise GateBroken(f"{about}: the gate could not measure it ({kind}), so there is no verdict") from None


def _expected(suite: Suite) -> Sequence[Any]:
    """The expectations in Great Expectations' words: bounds on the greatest and the least number over all days."""
    return [
        ExpectationConfiguration(
            type=type_,
            kwargs={"column": f"e{n}", limit: bound},
            meta={"place": n},
            description=one.says,
            severity=FailureSeverity(one.severity),
        )
        for n, one in enumerate(suite.expectations)
        for type_, limit, bound in ((GREATEST, "max_value", one.at_most), (LEAST, "min_value", one.at_least))
        if bound is not None
    ]


def _held(suite: str, results: Sequence[Any]) -> dict[int, bool]:
    """Whether each expectation held, by its place; GateBroken where Great Expectations met an error of its own."""
    held: dict[int, bool] = {}
    for result in results:
        config = result.expectation_config
        if (result.exception_info or {}).get("raised_exception", True):
            raise GateBroken(f"{suite}: Great Expectations could not judge {config.type}, so there is no verdict")
        place = config.meta["place"]
        held[place] = held.get(place, True) and bool(result.success)
    return held


def _finding(suite: str, place: int, expectation: Expectation, passed: bool, measured: Facts) -> Finding:
    """The finding with the number that lies furthest from what is allowed, and the days on which it does."""
    fact = f"e{place}"
    worst = max(measured, key=lambda row: _excess(expectation, row[fact]))[fact]
    days = sorted(str(row["day"]) for row in measured if "day" in row and _excess(expectation, row[fact]) > 0)
    return Finding(
        suite=suite,
        says=expectation.says,
        column=expectation.column,
        severity=expectation.severity,
        passed=passed,
        measured=None if worst is None else float(worst),
        allowed=expectation.allowed,
        days=() if passed else tuple(days),
        look_at=expectation.look_at,
    )


def _excess(expectation: Expectation, value: float | None) -> float:
    """How far a number lies outside what is allowed; what could not be measured lies furthest."""
    if value is None:
        return inf
    above = -inf if expectation.at_most is None else float(value) - expectation.at_most
    below = -inf if expectation.at_least is None else expectation.at_least - float(value)
    return max(above, below)
