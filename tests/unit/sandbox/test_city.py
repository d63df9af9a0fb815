"""What the city is made of, and that behaviour makes people buy as strongly as stated."""

from datetime import date

import numpy as np
import pytest

from sandbox.chance import DAY, Chance
from sandbox.city import behaviour
from sandbox.city.mail import CLICK, OPEN, visiting
from sandbox.city.people import people
from sandbox.store import NEVER
from sandbox.world import build, instant

NOW = instant("2026-10-04T06:00:00Z")


@pytest.fixture(scope="module")
def world():
    return build(seed=7, count=1000, first=date(2026, 7, 3), now=NOW)


def test_the_odds_of_buying_grow_with_recency_to_the_power_of_the_stated_strength():
    count = 60_000
    town = people(Chance(3), count)[0]
    points = np.zeros((3, count))
    points[0, : count // 2] = 40.0
    bought = behaviour.purchases(Chance(3), town, points, np.zeros_like(points))
    can = town.in_crm & ~town.is_b2b & (town.joined < 2)
    active, idle = bought[2, : count // 2][can[: count // 2]], bought[2, count // 2 :][can[count // 2 :]]
    recency = behaviour.recency(points)[2, 0]
    ratio = (active.mean() / (1 - active.mean())) / (idle.mean() / (1 - idle.mean()))
    assert np.log(ratio) / np.log1p(recency) == pytest.approx(behaviour.STRENGTH, rel=0.15)


def test_recency_halves_in_its_half_life():
    points = np.zeros((30, 1))
    points[0] = 8.0
    after = behaviour.recency(points)
    assert after[0, 0] == 0
    assert after[8, 0] == pytest.approx(after[1, 0] / 2)


def test_those_who_do_more_buy_more(world):
    bought = np.bincount(world.sales.person[world.sales.is_purchase], minlength=1000) > 0
    visits = np.bincount(world.web.person, minlength=1000)
    assert visits[bought].mean() > 2 * visits[~bought].mean()


def test_some_devices_are_shared_and_most_people_have_several(world):
    pairs = set(zip(world.web.device.tolist(), world.web.person.tolist(), strict=True))
    users = np.bincount([device for device, _ in pairs])
    owned = np.bincount([person for _, person in pairs])
    assert (users > 1).sum() > 5
    assert users.max() >= 12
    assert (owned > 1).sum() > 200


def test_role_mailboxes_and_switchboards_are_shared_by_contacts(world):
    town = world.people
    for shared in (town.role_email, town.phone):
        used = [value for value, known in zip(shared, town.in_crm, strict=True) if value and known]
        assert max(used.count(value) for value in set(used)) >= 4


def test_emails_are_nobody_elses():
    town, _ = people(Chance(7), 20_000)
    own = [e.lower() for e in (*town.email, *filter(None, town.second_email))]
    assert len(own) == len(set(own))


def test_companies_have_parents_and_change_owners(world):
    kept = world.objects["companies"]
    parents = [p for p in kept.wire["hs_parent_company_id"].to_pylist() if p]
    assert parents
    assert {int(p) for p in parents} <= set(kept.ids.tolist())
    assert len(kept.ids) > len(set(kept.ids.tolist()))


def test_contacts_are_merged_archived_and_opted_out(world):
    kept = world.objects["contacts"]
    assert kept.gone.sum() > 3
    assert kept.archived.sum() > 3
    assert set(kept.wire["hs_email_optout"].to_pylist()) == {"true", "false"}
    assert set(kept.wire["lifecyclestage"].to_pylist()) == {"lead", "customer"}


def test_deals_are_late_lost_cancelled_and_entered_twice(world):
    sales, kept = world.sales, world.objects["deals"]
    late = (sales.entered_at - sales.closed_at > DAY // 2) & ~sales.is_b2b
    assert late.any()
    assert (sales.is_b2b & ~sales.is_won).any()
    assert (sales.cancelled_at < NEVER).any()
    assert kept.archived.any()


def test_most_machines_are_quick_and_some_people_are_too(world):
    mail = world.mail
    delay = mail.act_at - mail.campaigns.sent_at[mail.act_campaign]
    human = ~mail.act_is_machine & np.isin(mail.act, (OPEN, CLICK))
    minutes, hours = 5 * 60_000, 3_600_000
    assert 0.5 < (delay[mail.act_is_machine] < minutes).mean() < 0.95
    assert (delay[mail.act_is_machine] > hours).mean() > 0.02
    assert 0.01 < (delay[human] < minutes).mean() < 0.2
    assert 0.2 < mail.act_is_machine.mean() < 0.8


def test_a_machine_acts_once_the_message_is_there(world):
    mail = world.mail
    delivered = dict(zip(zip(mail.send_campaign, mail.send_person, strict=True), mail.send_at, strict=True))
    rows = np.flatnonzero(mail.act_is_machine)[:2000]
    assert all(mail.act_at[r] > delivered[mail.act_campaign[r], mail.act_person[r]] for r in rows)


def test_a_reader_comes_to_the_site_once_for_a_campaign_however_many_links_they_follow(world):
    mail = world.mail
    rows = visiting(mail)
    pairs = set(zip(mail.act_campaign[rows], mail.act_person[rows], strict=True))
    clicks = (mail.act == CLICK) & ~mail.act_is_machine
    assert len(pairs) == rows.sum() < clicks.sum()


def test_nobody_writes_to_those_who_left_the_list(world):
    mail = world.mail
    for person in np.unique(mail.left_person)[:20]:
        campaign = mail.left_campaign[mail.left_person == person][0]
        which = mail.campaigns.list_of[campaign]
        back = (mail.status_person == person) & (mail.status_list == which) & (mail.status == 0)
        again = mail.status_at[back].max()
        left = mail.left_at[mail.left_person == person].min()
        sent = mail.send_campaign[mail.send_person == person]
        later = sent[(mail.campaigns.list_of[sent] == which) & (mail.campaigns.sent_at[sent] > left)]
        assert all(again > left and mail.campaigns.sent_at[one] > left for one in later)


def test_a_city_of_nobody_is_empty():
    world = build(seed=7, count=0, first=date(2026, 7, 3), now=NOW)
    assert len(world.objects["contacts"].ids) == len(world.web.person) == len(world.social.at) == 0
