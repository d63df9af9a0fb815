"""Which opens and clicks of the city no person made, by the ids that the spine gives them."""

from collections.abc import Iterator

import duckdb
import numpy as np
from town import DIGEST_KEY

from extractors.privacy import digest
from sandbox.chance import SECOND
from sandbox.city.mail import CLICK
from sandbox.hubspot_mail import MACHINES, letters
from sandbox.klaviyo_records import shop
from sandbox.klaviyo_wire import event_id
from sandbox.mailchimp_records import ACTIONS, audience, link
from sandbox.world import World

FOUND = """
    select source_record_id, split_part(activity, '_', 1), machine_reason is not null
    from intermediate.int_activity__events
    where activity in ('opened_email', 'clicked_email')
"""


def planted(world: World) -> set[str]:
    """The acts of machines at all three vendors, whenever they happen."""
    return {*_mailchimp(world), *_klaviyo(world), *_hubspot(world)}


def _mailchimp(world: World) -> Iterator[str]:
    known, mail = audience(world), world.mail
    for row in np.flatnonzero(mail.act_is_machine).tolist():
        campaign, person, kind = int(mail.act_campaign[row]), int(mail.act_person[row]), int(mail.act[row])
        url = link(known, campaign, int(mail.act_link[row])) if kind == CLICK else ""
        member = digest(known.member_ids[person], "email_hash", DIGEST_KEY)
        said = f"{mail.campaigns.code[campaign]}/{member}/{ACTIONS[kind]}"
        yield f"mailchimp/email_activity/{said}/{mail.act_at[row] // SECOND}/{url}"


def _klaviyo(world: World) -> Iterator[str]:
    known = shop(world)
    mail, events = known.mail, known.events
    kinds = {"Opened Email": "open", "Clicked Email": "click"}
    rows = np.flatnonzero(mail.act_is_machine)
    done = {
        (int(mail.act_campaign[r]), int(mail.act_person[r]), ACTIONS[mail.act[r]], int(mail.act_at[r]) // SECOND)
        for r in rows
    }
    for row in range(len(events.at)):
        kind = kinds.get(events.metric(row), "")
        if (events.campaign(row), events.person(row), kind, int(events.at[row]) // SECOND) in done:
            yield f"klaviyo/events/{event_id(known, row)}"


def _hubspot(world: World) -> Iterator[str]:
    sent = letters(world)
    for row in np.flatnonzero(np.isin(sent.cause, MACHINES)).tolist():
        yield f"hubspot/email_events/{sent.event_id(world.seed, row)}/{sent.at[row] // SECOND}"


def judged(warehouse: str, world: World, acts_sql: str = FOUND) -> dict[tuple[str, str], tuple[int, int, int]]:
    """How many of each vendor's opens and clicks were found, were planted, and both: (vendor, kind) to those three."""
    machines = planted(world)
    with duckdb.connect(warehouse) as con:
        acts = con.execute(acts_sql).fetchall()
    counts: dict[tuple[str, str], tuple[int, int, int]] = {}
    for source_record_id, kind, is_found in acts:
        key, is_true = (source_record_id.partition("/")[0], kind), source_record_id in machines
        found, true, both = counts.get(key, (0, 0, 0))
        counts[key] = found + is_found, true + is_true, both + (is_found and is_true)
    return counts
