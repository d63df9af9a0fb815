"""How records stood at an instant."""

import numpy as np

from sandbox.store import ARCHIVED, GONE, carried, links, versions


def three():
    return versions(
        ids=np.array([2, 1, 1, 3, 3]),
        at=np.array([10, 5, 20, 1, 30]),
        created=np.array([10, 5, 5, 1, 1]),
        wire={"name": ["b", "a", "a2", "c", None]},
        ends=np.array([0, 0, ARCHIVED, 0, GONE]),
    )


def names(at):
    kept = three()
    return [row["name"] for row in kept.rows(kept.as_of(at), ["name", "unknown"])]


def test_the_latest_statement_by_then_stands():
    assert names(0) == []
    assert names(7) == ["a", "c"]
    assert names(20) == ["a2", "b", "c"]


def test_an_archived_record_stays_and_one_that_is_gone_does_not():
    kept = three()
    assert kept.archived[kept.as_of(30)].tolist() == [True, False]
    assert names(30) == ["a2", "b"]


def test_values_are_carried_within_a_record_only():
    assert carried(np.array([4, -1, -1, -1, 7]), np.array([1, 1, 2, 2, 2])).tolist() == [4, 4, -1, -1, 7]


def test_links_are_found_for_each_object_in_the_order_asked():
    pairs = links(np.array([5, 3, 5]), np.array([9, 8, 7]))
    assert [found.tolist() for found in pairs.of(np.array([5, 4, 3]))] == [[7, 9], [], [8]]
