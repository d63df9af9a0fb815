"""Salesforce's accounts, changed at their instant."""

from functools import partial

from sandbox.salesforce_ids import long_id
from sandbox.store import ARCHIVED, Versions, versions
from tests.contract.checklist.planter import Planter
from tests.contract.checklist.records import Records

FIELDS = ("ParentId", "MasterRecordId", "OwnerId", "Type", "Industry", "Website", "BillingCountry", "NumberOfEmployees")


def keys(held: Records) -> list[str]:
    """Their ids of 18 characters."""
    return [long_id("Account", n) for n in held.number.tolist()]


def store(held: Records, master: str | None = None) -> dict[str, Versions]:
    """The org with these accounts and nothing else; those that are gone are deleted, and may have a `master`."""
    wire: dict[str, object] = {name: [None] * len(held) for name in FIELDS}
    wire |= {"Id": keys(held), "Name": [f"Works {n}" for n in held.number], "Industry": ["Retail"] * len(held)}
    wire |= {"MasterRecordId": [master if gone else None for gone in held.gone]}
    return {"Account": versions(held.number, held.at, held.at, wire, held.gone * ARCHIVED)}


PLANTER = Planter(
    source="salesforce",
    endpoint="accounts",
    column="account_id",
    moment="modified_at",
    unit=1000,
    page=500,
    path="/query",
    store=store,
    keys=keys,
    changes=True,
    blank=("Industry", "industry"),
    tombs=("accounts", "is_deleted"),
    merged=partial(store, master=long_id("Account", 1)),
    merged_tombs=("accounts", "is_deleted and master_account_id is not null"),
)
