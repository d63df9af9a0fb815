"""HubSpot's contacts, changed at their instant."""

from functools import partial

from sandbox.store import ARCHIVED, GONE, versions
from sandbox.world import World, only_crm
from tests.contract.checklist.planter import Planter
from tests.contract.checklist.records import Records, town


def store(held: Records, end: int = ARCHIVED) -> World:
    """The CRM with these contacts and nothing else; those that are gone are in the bin, or merged into another one."""
    nothing = [None] * len(held)
    wire = dict.fromkeys(town().objects["contacts"].wire.column_names, nothing)
    wire |= {"email": [f"{n}@example.org" for n in held.number], "jobtitle": ["Baker"] * len(held)}
    return only_crm(town(), {"contacts": versions(held.number, held.at, held.at, wire, held.gone * end)}, {})


PLANTER = Planter(
    source="hubspot",
    endpoint="contacts",
    column="contact_id",
    moment="modified_at",
    unit=1,
    page=200,
    path="contacts/search",
    store=store,
    keys=lambda held: [str(n) for n in held.number],
    changes=True,
    blank=("properties.jobtitle", "job_title"),
    tombs=("contacts_archived", "true"),
    merged=partial(store, end=GONE),
    options={"skip_histories": "yes"},
)
