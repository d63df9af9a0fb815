"""Mailchimp's members of one audience, changed at their instant."""

import hashlib
from dataclasses import replace
from functools import lru_cache

import numpy as np

from sandbox.chance import DAY
from sandbox.mailchimp_records import Audience, audience
from sandbox.store import versions
from tests.contract.checklist.planter import Planter
from tests.contract.checklist.records import FIRST, Records, crowd, midnight, town


@lru_cache(maxsize=1)
def codes() -> list[str]:
    """The id of each of them: the digest of the address."""
    return [hashlib.md5(e.lower().encode(), usedforsecurity=False).hexdigest() for e in crowd().mail_email]


def store(held: Records) -> Audience:
    """The audience of these members, and of one who joined long ago: without a member there is no audience."""
    number, at = np.append(0, held.number), np.append(midnight(FIRST) - DAY, held.at)
    said = ["subscribed", *("archived" if gone else "subscribed" for gone in held.gone)]
    members = versions(number, at, at, {"status": said})
    kept = {"members": members, "statuses": np.array(members.wire["status"].to_pylist(), object)}
    return replace(audience(town()), people=crowd(), member_ids=codes(), unique_ids=codes(), **kept)


PLANTER = Planter(
    source="mailchimp",
    endpoint="members",
    column="member_id",
    moment="changed_at",
    unit=1000,
    page=1000,
    path="/members",
    store=store,
    keys=lambda held: [codes()[n] for n in held.number],
    changes=True,
    blank=("timestamp_signup", "signed_up_at"),
    tombs=("members_archived", "true"),
)
