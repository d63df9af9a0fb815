"""Every vendor's actions have a place in the seeds, or the build fails with their names."""

import pytest

from tests.dbt.lake import Lake, at, messages

DAY, NEXT, AS_OF = "2026-08-01", "2026-08-02", "2026-08-03"
SPINE = (
    "--select",
    "+int_activity__events",
    "every_vendor_action_has_an_activity_type",
    "--indirect-selection=cautious",
)


def put_actions(lake: Lake, day: str, names: dict[str, list[str]]) -> None:
    """One act of each name, as each vendor tells it."""
    now = at(f"{day} 12:00")
    made = {"created_at": now, "modified_at": now, "happened_at": now}
    for entity, kind in (("calls", "direction"), ("meetings", "outcome"), ("emails", "direction")):
        key = entity.removesuffix("s") + "_id"
        lake.put("hubspot", entity, day, [{key: f"{day}{name}", kind: name} | made for name in names[entity]])
    said = [{"communication_id": f"{day}{name}", "channel_type": name} | made for name in names["communications"]]
    lake.put("hubspot", "communications", day, said)
    letters = [{"event_id": name, "event_type": name, "happened_at": now} for name in names["letters"]]
    lake.put("hubspot", "email_events", day, letters)
    done = {"is_closed": True, "is_deleted": False, "created_at": now, "modified_at": now, "completed_at": now}
    tasks = [{"task_id": f"{day}c{name}", "task_subtype": "Call", "call_type": name} for name in names["task calls"]]
    tasks += [{"task_id": f"{day}t{name}", "task_subtype": name} for name in names["tasks"]]
    lake.put("salesforce", "tasks", day, [task | done for task in tasks])
    metrics = [{"metric_id": name, "name": name, "integration_category": "Internal"} for name in names["metrics"]]
    metrics.append({"metric_id": "own", "name": "Finished Quiz", "integration_category": "API"})
    lake.put("klaviyo", "metrics", day, metrics)
    events = [{"event_id": f"{day}{m['metric_id']}", "metric_id": m["metric_id"], "happened_at": now} for m in metrics]
    lake.put("klaviyo", "events", day, events)
    told = [{"notification_id": f"{day}{name}", "type": name, "actor_id": "a"} for name in names["notifications"]]
    lake.put("mastodon", "notifications", day, [row | {"created_at": now} for row in told])
    liked = {"actor_did": "did:a", "indexed_at": now}
    got = [liked | {"interaction_uri": f"{day}{name}", "reason": name} for name in names["interactions"]]
    lake.put("bluesky", "interactions", day, got)
    mails = [{"campaign_id": "c", "member_id": "m", "action": name, "acted_at": now} for name in names["mails"]]
    lake.put("mailchimp", "email_activity", day, mails)
    visit = {"visit_id": day, "visitor_id": "v", "first_action_at": now, "last_action_at": now}
    lake.put("matomo", "visits", day, [visit | {"actions": [{"type": n, "acted_at": now} for n in names["visits"]]}])
    web = [{"event_date": day, "event_name": name, "user_pseudo_id": "d", "event_at": now} for name in names["events"]]
    lake.put("ga4", "events", day, web)


KNOWN = {
    "calls": ["INBOUND", "OUTBOUND"],
    "meetings": ["COMPLETED", "SCHEDULED", "RESCHEDULED", "NO_SHOW", "CANCELED"],
    "emails": ["EMAIL", "INCOMING_EMAIL", "FORWARDED_EMAIL"],
    "communications": ["SMS", "WHATS_APP", "LINKEDIN_MESSAGE"],
    "letters": ["SENT", "OPEN", "CLICK", "BOUNCE", "SPAMREPORT", "FORWARD", "DELIVERED", "DROPPED"],
    "task calls": ["Inbound", "Outbound", "Internal"],
    "tasks": ["Task", "Email", "ListEmail", "LinkedIn", "Cadence"],
    "metrics": ["Received Email", "Clicked SMS"],
    "notifications": ["favourite", "reblog", "mention", "follow"],
    "interactions": ["like", "repost", "reply", "quote", "mention", "follow"],
    "mails": ["open", "click", "bounce"],
    "visits": ["action", "download", "search", "goal", "event"],
    "events": ["page_view", "scroll", "purchase", "wishlist_opened", "session_start"],
}
STRANGE = {kind: [f"{kind} by pigeon"] for kind in KNOWN} | {"events": ["wishlist_opened"]}
NAMES = {
    "hubspot 'call:CALLS BY PIGEON' (1)",
    "hubspot 'meeting:MEETINGS BY PIGEON' (1)",
    "hubspot 'email:EMAILS BY PIGEON' (1)",
    "hubspot 'communication:COMMUNICATIONS BY PIGEON' (1)",
    "hubspot 'letter:letters by pigeon' (1)",
    "salesforce 'call:task calls by pigeon' (1)",
    "salesforce 'task:tasks by pigeon' (1)",
    "klaviyo 'metrics by pigeon' (1)",
    "mastodon 'notifications by pigeon' (1)",
    "bluesky 'interactions by pigeon' (1)",
    "mailchimp 'mails by pigeon' (1)",
    "matomo 'visits by pigeon' (1)",
}


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Lake:
    """A day of every vendor's usual actions, built up to the spine; it fails where one of them has no row."""
    root = tmp_path_factory.mktemp("actions")
    lake = Lake(root / "lake", root / "warehouse.duckdb")
    put_actions(lake, DAY, KNOWN)
    lake.build(AS_OF, *SPINE)
    return lake


def test_b07_every_engagement_type_of_the_crm_is_an_act_also_a_text_message(known: Lake) -> None:
    found = known.rows(
        "select activity from intermediate.int_activity__events where source_record_id like 'hubspot/communications/%'"
    )
    assert {activity for (activity,) in found} == {
        "was_in_logged_sms",
        "was_in_logged_whatsapp",
        "was_in_logged_linkedin_message",
    }


def test_what_a_site_or_a_shop_calls_its_own_is_a_custom_act(known: Lake) -> None:
    found = known.rows(
        "select activity from intermediate.int_activity__events "
        "where activity in ('did_web_event', 'did_custom_metric') and source_system in ('ga4', 'klaviyo') order by all"
    )
    assert found == [("did_custom_metric",), ("did_web_event",)]


def test_an_action_that_no_seed_knows_fails_the_build_with_its_name(known: Lake) -> None:
    put_actions(known, NEXT, STRANGE)
    result = known.dbt("build", AS_OF, "--exclude-resource-type=unit_test", *SPINE)
    assert not result.success
    said = messages(result)
    assert {name for name in NAMES if name not in said} == set()
    assert said.count("by pigeon") + said.count("BY PIGEON") == len(NAMES)
