"""Who we are at a vendor, out of Airflow's Connections; to be called inside tasks."""
# ruff: noqa: PLC0415 # what is heavy is imported inside the tasks, so that the file parses in milliseconds

from typing import Any

from extractors import settings
from extractors.auth import Account
from extractors.errors import Refused


def account(vendor: str) -> Account:
    """The account in the Connection whose id is the vendor's name; Refused where there is none."""
    found = _connection(vendor)
    fields = ("host", "port", "schema", "login", "password", "extra")
    return settings.account_of(vendor, {field: getattr(found, field) for field in fields})


def digest_key() -> bytes:
    """The key of every digest: the password of the Connection `digest`; Refused where there is none."""
    password = _connection("digest").password
    if not password:
        raise Refused("digest: the connection holds no password, and identifiers need one to be digested with")
    return str(password).encode()


def _connection(name: str) -> Any:
    from airflow.sdk import Connection
    from airflow.sdk.exceptions import AirflowNotFoundException

    try:
        return Connection.get(name)
    except AirflowNotFoundException:
        raise Refused(f"{name}: Airflow has no connection of that name") from None
