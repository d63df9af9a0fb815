"""Who of the city stands on a list, and who left it, is what the marts say of consent."""

import duckdb
import numpy as np
from conftest import FIRST, LAST, NOW, PEOPLE, Journey
from town import DIGEST_KEY

from extractors.privacy import digest
from sandbox.chance import DAY
from sandbox.city.mail import SUBSCRIBED, UNSUBSCRIBED, epoch
from sandbox.mailchimp_records import audience
from sandbox.world import build, instant

CURRENT = """
    select list_id, source_record_id, status
    from marts.consents
    where source_system = 'mailchimp' and is_current
"""
ADDRESSABLE = """
    select
        (select count(*) from marts.customers where has_email_consent),
        (select customers_with_email_consent from marts.kpi_days where segment = 'all' and kpi_date = ?)
"""


def test_every_membership_stands_as_its_last_word_about_consent_has_it(main_job: Journey) -> None:
    known = audience(build(seed=7, count=int(PEOPLE), first=FIRST, now=instant(NOW)))
    mail, words = known.mail, {SUBSCRIBED: "GRANTED", UNSUBSCRIBED: "REVOKED"}
    rows = np.flatnonzero((mail.status_at < epoch(LAST) + DAY) & np.isin(mail.status, list(words)))
    rows = rows[np.argsort(mail.status_at[rows], kind="stable")]
    members = [digest(member, "email_hash", DIGEST_KEY) for member in known.member_ids]
    true = {
        (known.list_ids[mail.status_list[r]], members[mail.status_person[r]]): words[int(mail.status[r])]
        for r in rows.tolist()
    }
    with duckdb.connect(main_job.house.warehouse, read_only=True) as con:
        found = {(list_id, member): status for list_id, member, status in con.execute(CURRENT).fetchall()}
    assert set(true.values()) == {"GRANTED", "REVOKED"}
    assert found == true


def test_the_customers_who_may_be_written_to_are_as_many_in_the_figures_of_the_day(main_job: Journey) -> None:
    with duckdb.connect(main_job.house.warehouse, read_only=True) as con:
        customers, counted = con.execute(ADDRESSABLE, [LAST]).fetchone() or (0, 0)
    assert customers == counted > 0
