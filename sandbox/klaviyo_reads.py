"""What each of Klaviyo's endpoints tells."""

import re

import numpy as np

from sandbox.chance import DAY, Ints
from sandbox.city.mail import LISTS
from sandbox.klaviyo_query import Record, RequestError, clauses, document, pick, problem, size, sort, turned, within
from sandbox.klaviyo_records import NAMES, Shop
from sandbox.klaviyo_wire import (
    campaign,
    campaign_id,
    event,
    event_id,
    linked,
    list_id,
    mailing_list,
    metric,
    metric_id,
    profile,
    relation,
    subscriptions,
    text_id,
)
from sandbox.wire import Ask, Reply
from sandbox.world import instant

MEMBERS = re.compile(r"/api/lists/([^/]+)/profiles")
STRICT = ("greater-than", "less-than")
ANY = ("greater-or-equal", "greater-than", "less-or-equal", "less-than")
WRITTEN_BEFORE = DAY


def profiles(ask: Ask, known: Shop, now: int) -> Reply:
    """The profiles as they stand, by when they were last changed; both bounds are strict."""
    asked = clauses(ask, {"updated": STRICT, "created": STRICT})
    most, sign = size(ask, 20, 100), sort(ask, "updated")
    rows = known.profiles.as_of(now)
    rows = rows[within(known.profiles.at[rows], "updated", asked)]
    rows = rows[within(known.profiles.created[rows], "created", asked)]
    rows = rows[np.lexsort((known.profiles.ids[rows], sign * known.profiles.at[rows]))]
    places, cursor = turned(ask, sign * known.profiles.at[rows], known.profiles.ids[rows], most)
    return document(ask, [profile_record(ask, known, row) for row in rows[places].tolist()], cursor)


def profile_record(ask: Ask, known: Shop, row: int, **more: object) -> Record:
    """One profile; its subscriptions come only when they are asked for."""
    code = known.profile_ids[int(known.profiles.ids[row])]
    attributes = pick(ask, "profile", {**profile(known, row), **more})
    if "subscriptions" in ask.query.get("additional-fields[profile]", "").split(","):
        attributes = {**attributes, "subscriptions": subscriptions(known, row)}
    return linked("profile", code, attributes=attributes, relationships={"lists": relation("profile", code, "lists")})


def standing(known: Shop, people: list[int], now: int) -> Ints:
    """The rows of these people's profiles as they stand."""
    rows = known.profiles.as_of(now)
    found: Ints = rows[np.searchsorted(known.profiles.ids[rows], people)]
    return found


def events(ask: Ask, known: Shop, now: int) -> Reply:
    """The events that are told by now, those to come among them; linkage and what it points to only if included."""
    fields = {"datetime": ANY, "timestamp": ANY, "metric_id": ("equals",), "profile_id": ("equals",)}
    asked = clauses(ask, fields)
    most, sign = size(ask, 200, 1000), sort(ask, "datetime", "timestamp")
    found = known.events
    fits = within(found.at, "datetime", asked) & within(found.at, "timestamp", asked)
    rows = np.flatnonzero((found.seen_at <= now) & fits)
    for clause in asked:
        if clause.operator == "equals":
            is_metric = clause.field == "metric_id"
            codes = [metric_id(known, name) for name in NAMES] if is_metric else known.profile_ids
            part = found.rank[rows] >> 55 if is_metric else found.rank[rows] >> 34 & 0x1FFFFF
            rows = rows[part == (codes.index(clause.value) if clause.value in codes else -1)]
    rows = rows[::sign]
    places, cursor = turned(ask, sign * found.at[rows], sign * found.rank[rows], most)
    told = rows[places].tolist()
    include = [name for name in ask.query.get("include", "").split(",") if name]
    data = [event_record(ask, known, row, include) for row in told]
    return document(ask, data, cursor, included(ask, known, told, include, now) if include else None)


def event_record(ask: Ask, known: Shop, row: int, include: list[str]) -> Record:
    """One event."""
    codes = {
        "profile": known.profile_ids[known.events.person(row)],
        "metric": metric_id(known, known.events.metric(row)),
    }
    own = event_id(known, row)
    relations: Record = {
        name: relation("event", own, name) | ({"data": {"type": name, "id": code}} if name in include else {})
        for name, code in codes.items()
    }
    return linked("event", own, attributes=pick(ask, "event", event(known, row)), relationships=relations)


def included(ask: Ask, known: Shop, rows: list[int], include: list[str], now: int) -> list[Record]:
    """The metrics and profiles that the rows point to, once each, as far as they are asked for."""
    found: list[Record] = []
    if "metric" in include:
        names = dict.fromkeys(known.events.metric(row) for row in rows)
        found += [
            linked("metric", metric_id(known, n), attributes=pick(ask, "metric", metric(known, n))) for n in names
        ]
    if "profile" in include:
        people = list(dict.fromkeys(known.events.person(row) for row in rows))
        found += [profile_record(ask, known, row) for row in standing(known, people, now).tolist()]
    return found


def counted(ask: Ask, data: list[Record], most: int) -> Reply:
    """A page of records that have no instant to be sorted by."""
    places, cursor = turned(ask, np.arange(len(data)), np.zeros(len(data), np.int64), most)
    return document(ask, [data[place] for place in places], cursor)


def metrics(ask: Ask, known: Shop, now: int) -> Reply:  # noqa: ARG001 - the endpoints share one shape
    """The metrics, ten a page so that there is more than one page; the vendor has 200."""
    names = NAMES if len(known.people) else ()
    return counted(ask, [linked("metric", metric_id(known, n), attributes=metric(known, n)) for n in names], 10)


def lists(ask: Ask, known: Shop, now: int) -> Reply:  # noqa: ARG001 - the endpoints share one shape
    """The lists, ten a page at most."""
    most = size(ask, 10, 10)
    sort(ask, "id", "name", "created", "updated")
    which = range(len(LISTS) if len(known.people) else 0)
    data = [linked("list", list_id(known, n), attributes=mailing_list(known, n)) for n in which]
    return counted(ask, sorted(data, key=lambda item: str(item["id"])), most)


def members(ask: Ask, known: Shop, now: int) -> Reply:
    """Who is on a list, by when they joined it."""
    match = MEMBERS.fullmatch(ask.path)
    codes = [list_id(known, n) for n in range(len(LISTS))]
    if match is None or match[1] not in codes:
        return problem(ask, 404, "not_found", "Not found.", "A list with that id does not exist.")
    asked = clauses(ask, {"joined_group_at": ANY})
    most, sign = size(ask, 20, 100), sort(ask, "joined_group_at")
    stands = (known.joined_at <= now) & (known.removed_at > now) & (known.joined_list == codes.index(match[1]))
    rows = np.flatnonzero(stands & within(known.joined_at, "joined_group_at", asked))
    rows = rows[np.lexsort((known.joined_person[rows], sign * known.joined_at[rows]))]
    places, cursor = turned(ask, sign * known.joined_at[rows], known.joined_person[rows], most)
    people = known.joined_person[rows[places]].tolist()
    joined = np.datetime_as_string(known.joined_at[rows[places]].astype("datetime64[ms]"), unit="s")
    data = [
        profile_record(ask, known, row, joined_group_at=f"{at}+00:00")
        for row, at in zip(standing(known, people, now).tolist(), joined, strict=True)
    ]
    return document(ask, data, cursor)


def campaigns(ask: Ask, known: Shop, now: int) -> Reply:
    """The campaigns of one channel, which must be named; those archived only when they are asked for."""
    asked = clauses(ask, {"messages.channel": ("equals",), "archived": ("equals",), "updated_at": ANY})
    said = {clause.field: clause.value for clause in asked}
    channel = said.get("messages.channel")
    if channel not in ("email", "sms", "mobile_push"):
        raise RequestError("filter", "A channel filter is required to list campaigns.")
    most = size(ask, 100, 100)
    sort(ask, "id", "created_at", "name", "scheduled_at", "updated_at")
    want = said.get("archived", "false") == "true"
    found = sorted((code, told) for code, told in written(known, channel, now) if told["archived"] == want)
    at = np.array([instant(str(told["updated_at"])) for _, told in found], np.int64)
    kept = [one for one, fits in zip(found, within(at, "updated_at", asked), strict=True) if fits]
    return counted(ask, [linked("campaign", code, attributes=told) for code, told in kept], most)


def written(known: Shop, channel: str, now: int) -> list[tuple[str, Record]]:
    """The campaigns of a channel that exist by now, each written a day before it is sent, and a draft."""
    if not len(known.people):
        return []
    if channel == "mobile_push":
        plain = campaign("App news", None, now, known.world.start, {"add_tracking_params": False})
        return [(known.code("push 1"), plain), (known.code("push 2"), {**plain, "archived": True})]
    plans = known.mail.campaigns
    times = plans.sent_at if channel == "email" else known.texts_at
    found: list[tuple[str, Record]] = []
    for number in range(-1, int(np.searchsorted(times, now + WRITTEN_BEFORE, "right"))):
        sent = None if number < 0 else int(times[number])
        tracking: Record = {"add_tracking_params": True, "custom_tracking_params": []}
        if channel == "email":
            tracking |= {"is_tracking_clicks": True, "is_tracking_opens": bool(plans.tracks_opens[number])}
        code = (campaign_id if channel == "email" else text_id)(known, number)
        made = known.world.start if sent is None else sent - WRITTEN_BEFORE
        found.append((code, campaign(f"{channel} {number}", sent, now, made, tracking)))
    return found
