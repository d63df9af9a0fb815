"""What is true in the city, as Parquet for tests; no server knows this module."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from sandbox import site
from sandbox.chance import DAY, Flags, Ints
from sandbox.city import behaviour
from sandbox.city.crm import COMPANY_ID, DUPLICATE_ID, contact_ids
from sandbox.city.crowds import Crowd, crowd, gathering
from sandbox.city.mail import CLICK
from sandbox.city.objects import BASES, order_number
from sandbox.consents import consents
from sandbox.mailchimp_records import ACTIONS, LIST_STEP, audience, link
from sandbox.matomo_visits import visitor_ids
from sandbox.moods import moods
from sandbox.world import World

MOMENT = pa.timestamp("ms", tz="UTC")
Identifier = tuple[str, str, int, bool]


def tables(world: World, now: int) -> dict[str, pa.Table]:
    """Every table of the truth as of an instant, by name: who is who, what they did, and what of it was real."""
    return {
        "people": people(world),
        "identifiers": identifiers(world, now),
        "machine_events": machine_events(world, now),
        "sessions": sessions(world, now),
        "consents": consents(world, now),
        "content_views": site.views(world, now),
        "purchases": purchases(world, now),
        "effect": effect(),
        "moods": moods(world, now),
    }


def write(world: World, now: int, out: Path) -> list[Path]:
    """The truth as Parquet files in a folder."""
    out.mkdir(parents=True, exist_ok=True)
    written = []
    for name, table in tables(world, now).items():
        path = out / f"{name}.parquet"
        pq.write_table(table, path, compression="zstd")
        written.append(path)
    return written


def person_ids(who: Ints) -> list[str]:
    """The true id of each person, which no vendor knows."""
    return [f"p{i:06d}" for i in who.tolist()]


def moments(at: Ints) -> pa.Array:
    """Epoch milliseconds as instants."""
    return pa.array(at, pa.int64()).cast(MOMENT)


def people(world: World) -> pa.Table:
    """The people and their traits. One row per person."""
    town = world.people
    return pa.table(
        {
            "person_id": person_ids(np.arange(len(town))),
            "latent_level": town.level,
            "is_b2b": town.is_b2b,
            "hubspot_company_id": [str(COMPANY_ID + c) if c >= 0 else None for c in town.company],
            "joined_on_day": town.joined,
            "left_on_day": town.left,
            "is_in_crm": town.in_crm,
            "is_in_mail": town.in_mail,
            "is_on_web": town.on_web,
            "is_on_social": town.on_social,
        }
    )


def identifiers(world: World, now: int) -> pa.Table:
    """Who is behind each identifier that a vendor has shown by then. One row per identifier and person.

    `is_shared`: several people stand behind it. `is_linkable`: some record ties it to the person's contact or list
    membership, so that a careful join can find it; an anonymous cookie or an unknown handle is not.
    """
    rows = _crm_identifiers(world, now)
    tied = {(value, who) for kind, value, who, is_tied in rows if kind == "email" and is_tied}
    mail = audience(world)
    for i in sorted({int(number) % LIST_STEP for number in mail.members.ids[mail.members.at <= now].tolist()}):
        address = mail.people.mail_email[i].lower()
        is_tied = (address, i) in tied or not mail.people.in_crm[i]
        rows += [("mailchimp_member_id", mail.member_ids[i], i, is_tied), ("email", address, i, is_tied)]
    rows += _web_identifiers(world, now)
    rows += _social_identifiers(world, now) + _crowd_identifiers(world, now)
    unique = sorted(set(rows))
    owners: dict[tuple[str, str], set[int]] = {}
    for kind, value, who, _ in unique:
        owners.setdefault((kind, value), set()).add(who)
    return pa.table(
        {
            "identifier_type": [r[0] for r in unique],
            "identifier_value": [r[1] for r in unique],
            "person_id": person_ids(np.array([r[2] for r in unique], np.int64)),
            "is_shared": [len(owners[(r[0], r[1])]) > 1 for r in unique],
            "is_linkable": [r[3] for r in unique],
        }
    )


def _crm_identifiers(world: World, now: int) -> list[Identifier]:
    town, contacts = world.people, world.objects["contacts"]
    known = set(contacts.ids[contacts.at <= now].tolist())
    standing = set(contacts.ids[contacts.as_of(now)].tolist())
    rows: list[Identifier] = []
    crowds = crowds_of(world)
    for i, number in zip(range(len(town)), contact_ids(np.arange(len(town))).tolist(), strict=True):
        if not town.in_crm[i] or number not in known:
            continue
        rows += [("hubspot_contact_id", str(number), i, True), ("email", town.email[i], i, True)]
        twin = DUPLICATE_ID + i * 7
        if twin in known:
            is_tied = twin not in standing or bool(town.user_id[i])
            rows += [("hubspot_contact_id", str(twin), i, is_tied), ("email", town.second_email[i], i, is_tied)]
        elif town.second_email[i] and not town.has_duplicate[i]:
            rows.append(("email", town.second_email[i], i, True))
        held = (
            ("email", town.role_email[i], False),
            ("site_user_id", town.user_id[i], True),
            ("phone", town.phone[i], True),
            ("bluesky_handle", town.handle[i] if town.crm_knows_handle[i] else "", True),
            *((kind, c.handle[i].lower() if c.crm_knows[i] else "", True) for kind, _, c in crowds),
        )
        rows += [(kind, value, i, is_tied) for kind, value, is_tied in held if value]
    return rows


def _web_identifiers(world: World, now: int) -> list[Identifier]:
    web = world.web
    seen = np.flatnonzero(web.started_at <= now)
    signed = set(
        zip(
            web.device[seen][web.is_signed_in[seen]].tolist(),
            web.person[seen][web.is_signed_in[seen]].tolist(),
            strict=True,
        )
    )
    cookies = visitor_ids(world)
    pairs = set(zip(web.device[seen].tolist(), web.person[seen].tolist(), strict=True))
    return [("matomo_visitor_id", cookies[d], i, (d, i) in signed) for d, i in sorted(pairs)]


def _social_identifiers(world: World, now: int) -> list[Identifier]:
    town, social = world.people, world.social
    fans = sorted(set(social.person[social.at <= now].tolist()))
    rows = []
    for i in fans:
        is_known = bool(town.crm_knows_handle[i])
        rows += [("bluesky_did", town.did[i], i, is_known), ("bluesky_handle", town.handle[i], i, is_known)]
    return rows


def crowds_of(world: World) -> list[tuple[str, str, Crowd]]:
    """The other networks: the types of handle and of account, and who is there."""
    kinds = (("mastodon_acct", "mastodon_account_id", "mastodon"), ("x_handle", "x_user_id", "x"))
    return [(handle, account, crowd(world.seed, world.people, name)) for handle, account, name in kinds]


def _crowd_identifiers(world: World, now: int) -> list[Identifier]:
    rows: list[Identifier] = []
    for (handle, account, there), name in zip(crowds_of(world), ("mastodon", "x"), strict=True):
        social = gathering(world, name)[1]
        for i in sorted(set(social.person[social.at <= now].tolist())):
            is_known = bool(there.crm_knows[i])
            rows += [(account, there.account_id[i], i, is_known), (handle, there.handle[i].lower(), i, is_known)]
    return rows


def machine_events(world: World, now: int) -> pa.Table:
    """The opens and clicks that no person made. One row per act."""
    known, mail = audience(world), world.mail
    rows: Flags = mail.act_is_machine & (mail.act_at <= now)
    campaign, person, kind = mail.act_campaign[rows], mail.act_person[rows], mail.act[rows]
    places = mail.act_link[rows]
    return pa.table(
        {
            "campaign_id": [mail.campaigns.code[c] for c in campaign],
            "member_id": [known.member_ids[p] for p in person],
            "action": [ACTIONS[k] for k in kind],
            "url": [
                link(known, int(c), int(p)) if k == CLICK else None
                for c, p, k in zip(campaign, places, kind, strict=True)
            ],
            "acted_at": moments(mail.act_at[rows]),
            "person_id": person_ids(person),
        }
    )


def sessions(world: World, now: int) -> pa.Table:
    """Which visits are one true session (a visit cut at midnight goes on). One row per visit."""
    web = world.web
    seen = np.flatnonzero(web.started_at <= now)
    ends = web.acted_at[web.offset[seen + 1] - 1]
    looked = np.append(0, np.cumsum(np.where(web.acted_at <= now, web.spent_in_s, 0)))
    return pa.table(
        {
            "visit_id": [str(v + 1) for v in seen],
            "session_id": [f"s{s:08d}" for s in web.session[seen]],
            "person_id": person_ids(web.person[seen]),
            "visitor_id": [visitor_ids(world)[d] for d in web.device[seen]],
            "is_signed_in": web.is_signed_in[seen],
            "action_count": web.offset[seen + 1] - web.offset[seen],
            "engaged_time_in_s": looked[web.offset[seen + 1]] - looked[web.offset[seen]],
            "started_at": moments(web.started_at[seen]),
            "ended_at": moments(np.minimum(ends, now // 1000 * 1000)),
        }
    )


def purchases(world: World, now: int) -> pa.Table:
    """What was really bought: won, not cancelled by then, counted once. One row per purchase."""
    sales = world.sales
    happened = np.maximum(sales.closed_at, sales.entered_at) <= now
    rows = np.flatnonzero(sales.is_won & happened & (sales.cancelled_at > now))
    return pa.table(
        {
            "order_number": [order_number(int(r)) for r in rows],
            "hubspot_deal_id": [str(BASES["deals"] + r) for r in rows],
            "person_id": person_ids(sales.person[rows]),
            "amount": pa.array([f"{c // 100}.{c % 100:02d}" for c in sales.cents[rows]]).cast(pa.decimal128(18, 2)),
            "closed_at": moments(sales.closed_at[rows]),
            "day": moments(sales.closed_at[rows] // DAY * DAY).cast(pa.date32()),
        }
    )


def effect() -> pa.Table:
    """How strongly behaviour makes people buy. One row per kind of behaviour."""
    kinds = list(behaviour.POINTS)
    return pa.table(
        {
            "behaviour": kinds,
            "points": [behaviour.POINTS[k] for k in kinds],
            "strength": [behaviour.STRENGTH] * len(kinds),
            "half_life_in_days": [behaviour.HALF_LIFE_DAYS] * len(kinds),
            "base_log_odds": [behaviour.BASE_LOG_ODDS] * len(kinds),
        }
    )
