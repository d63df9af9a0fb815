"""What members really said of being mailed: a part of the truth."""

import numpy as np
import pyarrow as pa

from sandbox.city.mail import SUBSCRIBED, UNSUBSCRIBED
from sandbox.mailchimp_records import audience
from sandbox.world import World


def consents(world: World, now: int) -> pa.Table:
    """What a member said of being mailed. One row per member, list and statement; a bounce says nothing."""
    mail, known = world.mail, audience(world)
    rows = np.flatnonzero(np.isin(mail.status, (SUBSCRIBED, UNSUBSCRIBED)) & (mail.status_at <= now))
    return pa.table(
        {
            "list_id": [known.list_ids[n] for n in mail.status_list[rows]],
            "member_id": [known.member_ids[p] for p in mail.status_person[rows]],
            "person_id": [f"p{i:06d}" for i in mail.status_person[rows].tolist()],
            "is_granted": mail.status[rows] == SUBSCRIBED,
            "stated_at": pa.array(mail.status_at[rows], pa.int64()).cast(pa.timestamp("ms", tz="UTC")),
        }
    )
