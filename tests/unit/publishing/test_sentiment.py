"""What is said of a text: its language or nothing, its mood, and the same on every day."""

import csv
from importlib.metadata import version
from pathlib import Path

import duckdb
import pytest

from publishing.sentiment import Plugin, language, plain, sentiment
from sandbox.city.words import COMPLAINTS, PRAISE, REPLIES

SEEDS = Path(__file__).parents[3] / "dbt_project/seeds"
CITY = (*REPLIES, *PRAISE, *COMPLAINTS)


@pytest.fixture
def database():
    """A database that knows the functions."""
    with duckdb.connect() as connection:
        plugin = Plugin("sentiment", {})
        plugin.configure_connection(connection)
        plugin.configure_connection(connection)  # a second connection of dbt to the same database changes nothing
        yield connection


def settings():
    with (SEEDS / "sentiment_settings.csv").open() as rows:
        (row,) = csv.DictReader(rows)
    return row


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<p>It&#39;s <b>torn</b> &amp; late</p>", "It's torn & late"),
        ("@brand see https://shop.example/great?x=1 #awful", "see awful"),
        ("@user@fedi.example  hello\nthere", "hello there"),
        ("I <3 this, mail me@shop.example", "I <3 this, mail me@shop.example"),
        ("@brand", ""),
    ],
)
def test_markup_links_and_names_are_no_words(text, words):
    assert plain(text) == words


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The delivery was late and the box was torn.", "en"),
        ("Die Lieferung kam zu spät.", "de"),
        ("La livraison était en retard.", "fr"),
        ("asdf qwer zxcv", None),
        ("hmmmm", None),
        ("12345 67890", None),
        ("", None),
    ],
)
def test_a_language_is_told_or_not_known(text, code):
    assert language(text, float(settings()["lowest_confidence"])) == code


def test_a_mood_has_a_sign_and_a_size():
    good, better = sentiment("The lamp is good."), sentiment("The lamp is really wonderful, I love it!")
    assert 0 < good < better <= 1
    assert -1 <= sentiment("I hate this awful lamp.") < sentiment("The lamp is not good.") < 0
    assert sentiment("The lamp is 80 centimetres high.") == 0


def test_null_is_null_and_the_same_texts_say_the_same_twice(database):
    texts = [said.text for said in CITY] * 100  # more than one vector of DuckDB's
    query = """
        select text, language_of(plain_text(text), 0.5), sentiment_of(plain_text(text))
        from (select unnest(?::varchar[]) as text)
    """
    first, again = (database.execute(query, [[None, *texts]]).fetchall() for _ in range(2))
    assert first[0] == (None, None, None)
    assert first == again
    assert first[1 : len(CITY) + 1] == first[-len(CITY) :]


def test_the_versions_that_the_seed_names_are_those_that_are_locked_and_run():
    lock = (SEEDS.parents[1] / "requirements.txt").read_text()
    for said in (settings()["language_by"], settings()["sentiment_by"]):
        name, number = said.split()
        assert version(name) == number
        assert f"\n{name}=={number} " in lock


def test_what_the_city_means_is_what_is_read_of_it(record_property):
    english = [said for said in CITY if said.language == "en"]
    assert [language(said.text, 0.5) for said in CITY if said.language != "en"] == ["de"] * 4
    assert all(language(said.text, 0.5) in ("en", None) for said in english)
    read = [(said.mood, sentiment(said.text)) for said in english if language(said.text, 0.5)]
    agreed = sum(mood == (found >= 0.05) - (found <= -0.05) for mood, found in read)
    turned = sum(mood * found < 0 for mood, found in read)
    record_property("agreement", f"{agreed} of {len(read)} as meant, {turned} the other way round")
    assert len(read) >= 0.9 * len(english)
    assert agreed >= 0.7 * len(read)
    assert turned <= 0.1 * len(read)
