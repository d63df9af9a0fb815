"""Mailchimp's reports: what a campaign came to, and what each recipient did with it."""

import numpy as np

from sandbox.city.mail import BOUNCE, CLICK, LINKS, LISTS, OPEN, REASONS
from sandbox.mailchimp_records import ACTIONS, FATES, Audience, ip, link, when


def report(known: Audience, number: int, now: int) -> dict[str, object]:
    """What a campaign came to so far; a time that has not come is ""."""
    mail, plans = known.mail, known.mail.campaigns
    rows = np.arange(known.act_from[number], known.act_from[number + 1])
    rows = rows[known.act_seen_at[rows] <= now]
    by_act = [rows[mail.act[rows] == act] for act in (OPEN, CLICK, BOUNCE)]
    people = [len(np.unique(mail.act_person[part])) for part in by_act]
    latest = [when(int(mail.act_at[part].max())) if len(part) else "" for part in by_act]
    sent = len(known.sends_of(number))
    left = int(((mail.left_campaign == number) & (mail.left_at <= now)).sum())
    bounced = mail.act_link[by_act[2]]
    which = int(plans.list_of[number])
    slug = plans.slug[number]
    unique_clicks = len(np.unique(mail.act_person[by_act[1]] * LINKS + mail.act_link[by_act[1]]))
    return {
        "id": plans.code[number],
        "campaign_title": slug,
        "type": "regular",
        "list_id": known.list_ids[which],
        "list_is_active": True,
        "list_name": LISTS[which],
        "subject_line": slug.replace("-", " ").capitalize(),
        "preview_text": "",
        "emails_sent": sent,
        "abuse_reports": 0,
        "unsubscribed": left,
        "send_time": when(int(plans.sent_at[number])),
        "bounces": {
            "hard_bounces": int((bounced == 2).sum()),
            "soft_bounces": int((bounced == 1).sum()),
            "syntax_errors": 0,
        },
        "forwards": {"forwards_count": 0, "forwards_opens": 0},
        "opens": {
            "opens_total": len(by_act[0]),
            "unique_opens": people[0],
            "open_rate": people[0] / max(sent, 1),
            "last_open": latest[0],
        },
        "clicks": {
            "clicks_total": len(by_act[1]),
            "unique_clicks": unique_clicks,
            "unique_subscriber_clicks": people[1],
            "click_rate": people[1] / max(sent, 1),
            "last_click": latest[1],
        },
        "_links": [],
    }


def _addressed(known: Audience, number: int, person: int) -> dict[str, object]:
    plans = known.mail.campaigns
    return {
        "campaign_id": plans.code[number],
        "list_id": known.list_ids[int(plans.list_of[number])],
        "list_is_active": True,
        "email_id": known.member_ids[person],
        "email_address": known.people.mail_email[person],
    }


def activity(known: Audience, number: int, row: int, now: int, since: int | None) -> dict[str, object]:
    """One recipient with the acts after `since`; an open has an ip, a click an ip and a url, a bounce a type."""
    mail = known.mail
    person = int(mail.send_person[row])
    acts: list[dict[str, object]] = []
    for act in known.acts_of(number, person):
        at = int(mail.act_at[act])
        if known.act_seen_at[act] > now or (since is not None and at <= since):
            continue
        kind = int(mail.act[act])
        said: dict[str, object] = {"action": ACTIONS[kind], "timestamp": when(at)}
        if kind == BOUNCE:
            acts.append({**said, "type": FATES[int(mail.act_link[act])]})
            continue
        if kind == CLICK:
            said["url"] = link(known, number, int(mail.act_link[act]))
        acts.append({**said, "ip": ip(int(mail.act_ip[act]))})
    return {**_addressed(known, number, person), "activity": acts, "_links": []}


def recipient(known: Audience, number: int, row: int, now: int) -> dict[str, object]:
    """One recipient with the fate of the message and the opens so far."""
    mail = known.mail
    person = int(mail.send_person[row])
    opens = [
        int(mail.act_at[a]) for a in known.acts_of(number, person) if mail.act[a] == OPEN and mail.act_at[a] <= now
    ]
    return {
        **_addressed(known, number, person),
        "vip": person % 97 == 0,
        "status": FATES[int(mail.send_bounce[row])],
        "open_count": len(opens),
        "last_open": when(max(opens)) if opens else "",
        "gmt_offset": 0,
        "_links": [],
    }


def leaver(known: Audience, number: int, row: int) -> dict[str, object]:
    """One person who unsubscribed because of a campaign."""
    mail = known.mail
    person = int(mail.left_person[row])
    return {
        **_addressed(known, number, person),
        "vip": person % 97 == 0,
        "timestamp": when(int(mail.left_at[row])),
        "reason": REASONS[int(mail.left_reason[row])],
        "_links": [],
    }
