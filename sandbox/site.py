"""The pages of the city's site: how long they are, and who really read them."""

from typing import Any

import numpy as np
import pyarrow as pa

from sandbox.chance import DAY, iso_one
from sandbox.city.web import PAGE, PAGES, WORDS, ended_at
from sandbox.ga4_events import SCROLLED, client_id, has_consent, is_late
from sandbox.mailchimp_records import SHOP
from sandbox.world import World

MOMENT = pa.timestamp("ms", tz="UTC")
WORDS_PER_MINUTE, SHARE = 238, 0.5


def pages(start: int) -> list[dict[str, Any]]:
    """What an editor would tell of each page: its address, title, kind and words; the cart has none to read."""
    return [
        {
            "content_id": f"{SHOP}{path}",
            "title": title,
            "content_type": path.split("/")[1] if path.count("/") > 1 else "page",
            "word_count": words or None,
            "published_at": iso_one(start - 30 * DAY, unit="s"),
        }
        for (path, title), words in zip(PAGES, WORDS, strict=True)
    ]


def views(world: World, now: int) -> pa.Table:
    """The page views of visits that were over by then, as they were. One row per view.

    A view lasts until the next one of its visit. `is_read_complete`: as far down as GA4's mark, and half as long as the
    words take. `is_told`: GA4 has it by now, under this address, and may say whose it is.
    """
    web = world.web
    visit = np.repeat(np.arange(len(web.person)), np.diff(web.offset))
    view = np.cumsum(web.action == PAGE) - 1
    lasted = np.bincount(view, weights=web.spent_in_s).astype(np.int64)
    rows = np.flatnonzero((web.action == PAGE) & (web.spent_in_s > 0) & (ended_at(web)[visit] <= now))
    of, words = visit[rows], np.array(WORDS)[web.page[rows]]
    spent = lasted[view[rows]]
    is_landing = (web.campaign[of] >= 0) & (web.offset[of] == rows)  # a campaign's link has an address of its own
    return pa.table(
        {
            "ga4_client_id": [client_id(world, row) for row in of.tolist()],
            "content_id": [f"{SHOP}{PAGES[p][0]}" for p in web.page[rows].tolist()],
            "vertical_percentage_scrolled": web.depth[rows],
            "word_count": words,
            "engaged_time_in_s": spent,
            "is_read_complete": (web.depth[rows] >= SCROLLED) & (spent >= SHARE * words / WORDS_PER_MINUTE * 60),
            "is_told": [
                has_consent(world, row) and not (is_late(row) or landed)
                for row, landed in zip(of.tolist(), is_landing.tolist(), strict=True)
            ],
            "started_at": pa.array(web.acted_at[rows], pa.int64()).cast(MOMENT),
        }
    )
