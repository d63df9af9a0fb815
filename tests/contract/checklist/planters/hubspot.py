"""HubSpot's contacts, changed at their instant."""

from sandbox.store import ARCHIVED, versions
from sandbox.world import World, only_crm
from tests.contract.checklist.planter import Planter
from tests.contract.checklist.records import Records, town


def store(held: Records) -> World:
    """The CRM with these contacts and nothing else."""
    nothing = [None] * len(held)
    wire = dict.fromkeys(town().objects["contacts"].wire.column_names, nothing)
    wire |= {"email": [f"{n}@example.org" for n in held.number], "jobtitle": ["Baker"] * len(held)}
    return only_crm(town(), {"contacts": versions(held.number, held.at, held.at, wire, held.gone * ARCHIVED)}, {})


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
    options={"skip_histories": "yes"},
)
