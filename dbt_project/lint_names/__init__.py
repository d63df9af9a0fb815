"""What dbt puts into the context of a template, as far as sqlfluff needs it to read our SQL. No part of a build."""

import datetime as _datetime
from collections.abc import Callable as _Callable
from types import SimpleNamespace as _Namespace
from typing import Any as _Any


class _Names:
    """Every attribute is a function that gives its own name back: `dbt.hash('x')` reads as `hash`."""

    def __getattr__(self, name: str) -> _Callable[..., str]:
        return lambda *_, **__: name


def _dispatched(name: str, *_: str) -> _Callable[..., str]:
    return lambda *_, **__: name


def _again(value: _Any) -> _Any:
    return value


def var(_: str, default: _Any = None) -> _Any:
    """A variable of the project: its default."""
    return default


def env_var(name: str, default: str = "") -> str:
    """An environment variable: its default, or its name."""
    return default or name


def _table(_: str, name: str) -> _Any:
    """A source's relation, which reads as its name."""

    class Relation(str):
        external = None

    return Relation(name)


def run_query(_: str) -> list[str]:
    """No answer: nothing runs here."""
    return []


adapter = _Namespace(dispatch=_dispatched, get_relation=lambda **_: None)
builtins = _Namespace(source=_table)
dbt = _Names()
invocation_id = "an id for each run of dbt"
execute = False
modules = _Namespace(datetime=_datetime)
globals()["return"] = _again
