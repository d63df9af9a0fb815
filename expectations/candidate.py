"""The candidate warehouse: a suite for every mart in it, and the one scan that measures a suite."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from expectations.bands import DAYS_BACK, usual
from expectations.marts import MARTS, Mart, none_where
from expectations.suites import Expectation, Suite

COLUMNS = (
    "select table_name, column_name from information_schema.columns "
    "where table_schema = 'marts' and table_catalog = current_database() order by all"
)
HAS_ROWS = "it has rows"
Columns = Mapping[str, frozenset[str]]
Past = Mapping[tuple[str, str], list[float]]


def columns(found: Iterable[Mapping[str, Any]]) -> Columns:
    """The columns of every table of the schema `marts`, from the rows of the query COLUMNS."""
    tables: dict[str, set[str]] = {}
    for row in found:
        tables.setdefault(row["table_name"], set()).add(row["column_name"])
    return {table: frozenset(names) for table, names in tables.items()}


def suites(columns: Columns, day: date, past: Past) -> list[Suite]:
    """A suite `mart.<name>` for every mart that is known here or found there, for the marts as built for `day`."""
    names = sorted(MARTS.keys() | columns.keys())
    return [Suite(f"mart.{name}", _expectations(name, MARTS.get(name, Mart(())), day, past)) for name in names]


def facts(suite: Suite, columns: Columns) -> str:
    """One scan: SQL giving the measure of expectation n as column `e<n>`, null where a column it reads is not there."""
    name = suite.name.removeprefix("mart.")
    there = {f"{table}.{column}" for table, names in columns.items() for column in names}

    def measure(expectation: Expectation) -> str:
        needed = {need if "." in need else f"{name}.{need}" for need in expectation.needs}
        return expectation.measure if needed <= there else "null"

    found = ", ".join(f"{measure(e)} as e{n}" for n, e in enumerate(suite.expectations))
    source = f'marts."{name}"' if name in columns else "(select 1 where false)"
    return f"select {found} from {source} as mart"  # noqa: S608 # names from our own code and catalog


def _expectations(name: str, mart: Mart, day: date, past: Past) -> tuple[Expectation, ...]:
    rows = Expectation(HAS_ROWS, "count(*)", at_least=0 if mart.may_be_empty else 1, look_at=f"the model {name}")
    found = [rows, *_volume(name, past)]
    if mart.key:
        found.append(_unique(mart.key, name))
        found += [
            none_where(f"{column} is never missing", f'"{column}" is null', column, look_at=f"the model {name}")
            for column in mart.key
        ]
    end = f"timestamp '{day + timedelta(days=1)}'"
    filled = (replace(e, measure=e.measure.replace("{end}", end).replace("{day}", f"date '{day}'")) for e in mart.own)
    return (*found, *filled)


def _unique(key: tuple[str, ...], name: str) -> Expectation:
    """Distinct 64-bit hashes: as many as rows proves that no key is twice, at half the cost of values."""
    hashed = ", ".join(f'"{column}"' for column in key)
    return Expectation(
        "no key is there twice",
        f"count(*) - count(distinct hash({hashed}))",
        at_most=0,
        column=", ".join(key),
        needs=key,
        look_at=f"the joins of the model {name}",
    )


def _volume(name: str, past: Past) -> list[Expectation]:
    """A table that suddenly lost half of its rows is not published; one that doubled is reported."""
    band = usual(past.get((f"mart.{name}", HAS_ROWS), [])[-DAYS_BACK:])
    if band is None:
        return []
    look = f"the sources of the model {name}"
    return [
        Expectation("it has not shrunk against usual", "count(*)", at_least=band.low, look_at=look),
        Expectation("it has not swollen", "count(*)", at_most=band.high, severity="warning", look_at=look),
    ]
