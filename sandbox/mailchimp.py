"""Mailchimp's dialect: Marketing API 3.0, audiences, campaigns and reports.

https://mailchimp.com/developer/marketing/api/ (specification 3.0.55), read 2026-11-21.
"""

import base64
import binascii
from collections.abc import Callable

import numpy as np

from sandbox.chance import Flags, Ints
from sandbox.limits import AtOnce
from sandbox.mailchimp_records import Audience, audience, campaign, mailing_list, member
from sandbox.mailchimp_reports import activity, leaver, recipient, report
from sandbox.wire import Ask, Reply, as_json
from sandbox.world import World, instant

KEY = "sandbox-mailchimp-key-us1"
PROBLEM = "application/problem+json; charset=utf-8"
GLOSSARY = "https://mailchimp.com/developer/marketing/docs/errors/"
MOST = 1000


class RequestError(ValueError):
    """A parameter is not what Mailchimp takes; the message names it."""


Read = Callable[[Ask, Audience, int], Reply]


class Mailchimp:
    """The server of Mailchimp."""

    name = "mailchimp"

    def __init__(self, rate_factor: float) -> None:
        self.sees: Callable[[World], Audience] = audience
        self.connections = AtOnce(max(1, round(10 * rate_factor)))

    def answer(self, ask: Ask, world: World, now: int) -> Reply:
        """Mailchimp's answer at that instant."""
        try:
            if not self.connections.enter():
                return self.too_many(ask)
            if not signed(ask):
                detail = "Your API key may be invalid, or you've attempted to access the wrong datacenter."
                return problem(ask, 401, "API Key Invalid", detail)
            return self._route(ask, world, now)
        except RequestError as bad:
            return problem(ask, 400, "Invalid Resource", "The resource submitted could not be validated.", str(bad))
        finally:
            self.connections.leave()

    def too_many(self, ask: Ask) -> Reply:  # noqa: ARG002 - the dialects share one shape
        """429 without rate headers, without Retry-After and without a JSON body."""
        return Reply(429, b"Too Many Requests", (("Content-Type", "text/plain"),))

    def expired(self, ask: Ask) -> Reply:
        """401, as for a key that was revoked."""
        return problem(ask, 401, "API Key Revoked", "This API key has been revoked.")

    def _route(self, ask: Ask, world: World, now: int) -> Reply:
        known = self.sees(world)
        parts = tuple(part for part in ask.path.split("/") if part)
        plain: dict[tuple[str, ...], Read] = {
            ("lists",): lists,
            ("campaigns",): campaigns,
            ("reports",): reports,
            ("ping",): ping,
        }
        children = {"email-activity": email_activity, "sent-to": sent_to, "unsubscribed": unsubscribed}
        if ask.method == "GET" and parts[:1] == ("3.0",):
            match parts[1:]:
                case path if path in plain:
                    return plain[path](ask, known, now)
                case ("lists", code, "members") if code in known.list_ids:
                    return members(ask, known, now, known.list_ids.index(code))
                case ("reports", code, child) if code in known.sent(now) and child in children:
                    return children[child](ask, known, now, known.mail.campaigns.code.index(code))
        return problem(ask, 404, "Resource Not Found", "The requested resource could not be found.")


def signed(ask: Ask) -> bool:
    """Whether the call carries the key, as a Basic password or a Bearer token."""
    kind, _, value = ask.headers.get("authorization", "").partition(" ")
    if kind == "Bearer":
        return value == KEY
    try:
        return base64.b64decode(value).decode().partition(":")[2] == KEY
    except (binascii.Error, UnicodeDecodeError):
        return False


def problem(ask: Ask, status: int, title: str, detail: str, place: str = "") -> Reply:
    """Mailchimp's error body, as problem+json."""
    body: dict[str, object] = {
        "type": GLOSSARY,
        "title": title,
        "status": status,
        "detail": detail,
        "instance": ask.trace(),
    }
    if place:
        body["errors"] = [{"field": place, "message": "This value is not valid."}]
    return as_json(status, body, kind=PROBLEM)


def page(ask: Ask) -> slice:
    """Which rows the call asks for: ten unless it says otherwise, a thousand at most."""
    count, offset = ask.number("count", 10), ask.number("offset", 0)
    if count is None or count < 0:
        raise RequestError("count")
    if offset is None or offset < 0:
        raise RequestError("offset")
    return slice(offset, offset + min(count, MOST))


def bound(ask: Ask, name: str) -> int | None:
    """An instant from the query (epoch ms), None where it is not asked for."""
    text = ask.query.get(name)
    if not text:
        return None
    try:
        return instant(text.replace(" ", "+"))
    except ValueError:
        raise RequestError(name) from None


def after_and_until(ask: Ask, at: Ints, since: str, before: str) -> Flags:
    """Rows of (since, before]: the lower bound is left out, the upper one is in."""
    fits = np.ones(len(at), bool)
    lower, upper = bound(ask, since), bound(ask, before)
    if lower is not None:
        fits &= at > lower
    if upper is not None:
        fits &= at <= upper
    return fits


def answer(name: str, rows: list[dict[str, object]], total: int, **more: object) -> Reply:
    """A page of rows with `total_items`."""
    return as_json(200, {name: rows, **more, "total_items": total, "_links": []})


def ping(ask: Ask, known: Audience, now: int) -> Reply:  # noqa: ARG001 - the endpoints share one shape
    """Whether the key works."""
    return as_json(200, {"health_status": "Everything's Chimpy!"})


def lists(ask: Ask, known: Audience, now: int) -> Reply:
    """The audiences."""
    rows = [mailing_list(known, which, now) for which in range(len(known.list_ids)) if len(known.members.ids)]
    return answer("lists", rows[page(ask)], len(rows))


def members(ask: Ask, known: Audience, now: int, which: int) -> Reply:
    """The members of an audience; the archived ones only for status=archived."""
    standing = known.members.as_of(now)
    rows = standing[known.list_of(standing) == which]
    status = ask.query.get("status", "")
    if status not in ("", "subscribed", "unsubscribed", "cleaned", "pending", "transactional", "archived"):
        raise RequestError("status")
    said = known.statuses[rows]
    rows = rows[said == status] if status else rows[said != "archived"]
    at, opted = known.members.at, known.members.created
    rows = rows[after_and_until(ask, at[rows], "since_last_changed", "before_last_changed")]
    rows = rows[after_and_until(ask, opted[rows], "since_timestamp_opt", "before_timestamp_opt")]
    sort = ask.query.get("sort_field", "")
    if sort not in ("", "last_changed", "timestamp_opt", "timestamp_signup"):
        raise RequestError("sort_field")
    if sort:
        order = np.argsort((at if sort == "last_changed" else opted)[rows], kind="stable")
        rows = rows[order[::-1] if ask.query.get("sort_dir", "ASC").upper() == "DESC" else order]
    found = [member(known, row) for row in rows[page(ask)].tolist()]
    return answer("members", found, len(rows), list_id=known.list_ids[which])


def campaigns(ask: Ask, known: Audience, now: int) -> Reply:
    """The campaigns: sent ones, those scheduled for tomorrow, and a draft without a time; of one status if asked."""
    rows = [campaign(known, i, now) for i in known.written(now)]
    if (status := ask.query.get("status", "")) not in ("", "save", "paused", "schedule", "sending", "sent"):
        raise RequestError("status")
    if (sort := ask.query.get("sort_field", "")) not in ("", "create_time", "send_time"):
        raise RequestError("sort_field")
    rows = [row for row in rows if status in ("", row["status"])]
    if sort:
        rows.sort(key=lambda row: str(row[sort]), reverse=ask.query.get("sort_dir", "ASC").upper() == "DESC")
    return answer("campaigns", rows[page(ask)], len(rows))


def reports(ask: Ask, known: Audience, now: int) -> Reply:
    """A report for every campaign that was sent."""
    rows = np.array([known.mail.campaigns.code.index(code) for code in known.sent(now)], np.int64)
    rows = rows[after_and_until(ask, known.mail.campaigns.sent_at[rows], "since_send_time", "before_send_time")]
    return answer("reports", [report(known, i, now) for i in rows[page(ask)].tolist()], len(rows))


def email_activity(ask: Ask, known: Audience, now: int, number: int) -> Reply:
    """Every recipient with what they did since; those who did nothing have an empty list."""
    sends = known.sends_of(number)
    since = bound(ask, "since")
    rows = [activity(known, number, row, now, since) for row in sends[page(ask)].tolist()]
    return answer("emails", rows, len(sends), campaign_id=known.mail.campaigns.code[number])


def sent_to(ask: Ask, known: Audience, now: int, number: int) -> Reply:
    """Every recipient with the fate of the message."""
    sends = known.sends_of(number)
    rows = [recipient(known, number, row, now) for row in sends[page(ask)].tolist()]
    return answer("sent_to", rows, len(sends), campaign_id=known.mail.campaigns.code[number])


def unsubscribed(ask: Ask, known: Audience, now: int, number: int) -> Reply:
    """Who left because of a campaign, and why."""
    mail = known.mail
    gone = np.flatnonzero((mail.left_campaign == number) & (mail.left_at <= now))
    rows = [leaver(known, number, row) for row in gone[page(ask)].tolist()]
    return answer("unsubscribes", rows, len(gone), campaign_id=mail.campaigns.code[number])
