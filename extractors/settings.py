"""The only reader of the environment: where things lie, and who we are at each vendor.

Credentials come as Airflow Connections in their JSON form, AIRFLOW_CONN_<VENDOR>, inside Airflow and outside.
"""

import json
import os
import re
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from extractors.auth import Account
from extractors.catalog import catalog, named
from extractors.errors import Refused
from extractors.spec import Source

SECRET = ("secret", "token", "password", "key")


def lake() -> str:
    """The lake's folder or URI (RAPPORT_LAKE)."""
    return os.environ.get("RAPPORT_LAKE", "data/lake")


def warehouse() -> Path:
    """The file that dbt builds in (RAPPORT_WAREHOUSE)."""
    return Path(os.environ.get("RAPPORT_WAREHOUSE", "data/warehouse.duckdb"))


def published() -> Path:
    """The folder that BI reads (RAPPORT_PUBLISHED)."""
    return Path(os.environ.get("RAPPORT_PUBLISHED", "data/published"))


def runs() -> Path:
    """The folder with one JSON file for every step that ran (RAPPORT_RUNS)."""
    return Path(os.environ.get("RAPPORT_RUNS", "data/runs"))


def sources() -> dict[str, Source]:
    """The vendors in use by name (RAPPORT_VENDORS, names between commas; unset: all); Refused for an unknown name."""
    every = catalog()
    names = [name.strip() for name in os.environ.get("RAPPORT_VENDORS", "").split(",") if name.strip()]
    if unknown := sorted(set(names) - every.keys()):
        raise Refused(f"RAPPORT_VENDORS names {', '.join(unknown)}; there is {', '.join(every)}")
    return {name: source for name, source in every.items() if name in names or not names}


def start() -> date | None:
    """The first day that the Dags run for (RAPPORT_START)."""
    return _day("RAPPORT_START")


def end() -> date | None:
    """The last day that the Dags run for, None for no end (RAPPORT_END)."""
    return _day("RAPPORT_END")


def spare() -> None:
    """Make this process small, before it imports Arrow; what the environment already says stays.

    Arrow then brings no numpy along, 25 ms and 11 MB for what no extractor uses; and it takes its memory from the C
    library: two thirds of the peak, half of it with sixteen windows.
    """
    sys.modules.setdefault("numpy", None)  # type: ignore[arg-type] # as if it were not installed
    os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")


def account(vendor: str) -> Account:
    """Who we are at a vendor (AIRFLOW_CONN_<VENDOR>); Refused where that is not set or not in JSON."""
    return account_of(vendor, _connection(vendor))


def digest_key() -> bytes:
    """The key of every digest: the password of the connection `digest` (AIRFLOW_CONN_DIGEST)."""
    key = _connection("digest").get("password")
    if not key:
        raise Refused("digest: the connection holds no password, and identifiers need one to be digested with")
    return str(key).encode()


def account_of(vendor: str, connection: Mapping[str, object]) -> Account:
    """The account that an Airflow Connection in JSON form amounts to.

    `host` may be a whole URL; `password` fills the secret that the vendor's `auth` names, `login` the identifier;
    what stands in `extra` are options, or secrets where the name says so; `rate_factor` multiplies declared rates.
    Where neither host nor extra says in which region the account lives, its key does; Refused if not even that.
    For a vendor that is a folder, `extra` holds the `folder` (or `host` does), a path or a URI.
    """
    source = named(vendor)
    auth = source.auth
    extra = connection.get("extra") or {}
    more = json.loads(extra) if isinstance(extra, str) else extra
    if not isinstance(more, Mapping):
        raise Refused(f"{vendor}: the connection's extra is not a JSON object")
    options = {name: str(value) for name, value in more.items() if not name.endswith(SECRET)}
    secrets = {name: str(value) for name, value in more.items() if name.endswith(SECRET)}
    if connection.get("password"):
        secrets[str(getattr(auth, "secret", "password"))] = str(connection["password"])
    if connection.get("login"):
        secrets[str(getattr(auth, "identifier", "login"))] = str(connection["login"])
    folder = options.get("folder") or str(connection.get("host") or "")
    base = _base(connection) if source.reads == "calls" else folder
    region = str(getattr(auth, "region", ""))
    if region and not connection.get("host") and region not in options:
        options[region] = _region(vendor, secrets.get(str(getattr(auth, "secret", "")), ""), region)
    return Account(base, secrets, options, float(options.pop("rate_factor", 1)))


def _region(vendor: str, key: str, option: str) -> str:
    """What follows the key's last dash; nothing but a short name, because it becomes a part of the host."""
    found = re.fullmatch(r".*-([a-z]{2,3}[0-9]{1,3})", key)
    if found is None:
        raise Refused(
            f'{vendor}: the key does not end in its region ("-us1"): '
            f"use the whole key, or set {option!r} in the connection's extra"
        )
    return found[1]


def _base(connection: Mapping[str, object]) -> str:
    host = str(connection.get("host") or "").rstrip("/")
    if not host or "://" in host:
        return host
    port = f":{connection['port']}" if connection.get("port") else ""
    return f"{connection.get('schema') or 'https'}://{host}{port}"


def _connection(name: str) -> Mapping[str, object]:
    variable = f"AIRFLOW_CONN_{name.upper()}"
    try:
        found = json.loads(os.environ[variable])
    except KeyError:
        raise Refused(f"{name}: no connection; set {variable} to one in JSON form") from None
    except ValueError:
        raise Refused(f"{name}: {variable} is not JSON") from None
    if not isinstance(found, dict):
        raise Refused(f"{name}: {variable} is not a JSON object")
    return found


def _day(variable: str) -> date | None:
    text = os.environ.get(variable)
    return date.fromisoformat(text) if text else None
