"""The mood and the language of what people wrote in the city, as Parquet for tests; no server knows this module."""

from collections.abc import Iterator

import numpy as np
import pyarrow as pa

from sandbox.bluesky_records import network
from sandbox.city.crowds import gathering
from sandbox.city.social import QUOTE, REPLY, Social
from sandbox.city.words import COMPLAINTS, PRAISE, Said, reply
from sandbox.world import World
from sandbox.x_records import timeline


def moods(world: World, now: int) -> pa.Table:
    """What was meant, and in which language. One row per record with a text, by the name it has in the marts."""
    rows = [*_bluesky(world, now), *_mastodon(world, now), *_x(world, now), *_feedback(world, now)]
    return pa.table(
        {
            "source_record_id": [record for record, _ in rows],
            "mood": pa.array([said.mood for _, said in rows], pa.int8()),
            "language": [said.language for _, said in rows],
        }
    )


def _written(social: Social, now: int) -> list[int]:
    return np.flatnonzero(np.isin(social.kind, (REPLY, QUOTE)) & (social.at <= now)).tolist()


def _bluesky(world: World, now: int) -> Iterator[tuple[str, Said]]:
    known = network(world)
    for row in _written(known.social, now):
        yield f"bluesky/interactions/{known.act_uri(row)}", reply(row)


def _mastodon(world: World, now: int) -> Iterator[tuple[str, Said]]:
    for row in _written(gathering(world, "mastodon")[1], now):
        yield f"mastodon/notifications/{row + 1}", reply(row)


def _x(world: World, now: int) -> Iterator[tuple[str, Said]]:
    known = timeline(world)
    for row in _written(known.social, now):
        kind = "quotes" if known.social.kind[row] == QUOTE else "mentions"
        yield f"x/{kind}/{known.act_id(row)}", reply(row)


def _feedback(world: World, now: int) -> Iterator[tuple[str, Said]]:
    known = {said.text: said for said in (*PRAISE, *COMPLAINTS)}
    answers = world.objects["feedback_submissions"]
    there = answers.as_of(now)
    for number, row in zip(answers.ids[there].tolist(), answers.rows(there, ["hs_content"]), strict=True):
        if row["hs_content"]:
            yield f"hubspot/feedback_submissions/{number}", known[row["hs_content"]]
