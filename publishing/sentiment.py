"""What a text says of its language and its mood: three SQL functions for the build, each over a whole vector of texts.

dbt loads `Plugin` by profiles.yml, so that the models call them as any other function: `plain_text(text)`,
`language_of(text, lowest_confidence)`, `sentiment_of(text)`. The lexicon and the model of languages lie in the two
packages; nothing is fetched. Why these: docs/decisions/0015.
"""

import html
import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any, TypeAlias

import pyarrow as pa
from dbt.adapters.duckdb.plugins import BasePlugin
from duckdb import DuckDBPyConnection
from duckdb.func import ARROW, SPECIAL
from duckdb.sqltypes import DOUBLE, VARCHAR, DuckDBPyType

MARKUP = re.compile(r"</?[a-zA-Z][^>]*>")
NO_WORDS = re.compile(r"https?://\S+|(?<!\w)@\w[\w.@-]*|#")  # links and names; a # stands before a word that is one
NO_LANGUAGE = "zxx"  # ISO 639-2: no linguistic content
Texts: TypeAlias = Any  # a pyarrow.ChunkedArray, which has no types
Kinds: TypeAlias = list[Any]  # a list[DuckDBPyType], as DuckDB takes it


def plain(text: str) -> str:
    """The words of a text with one space between them: without markup, links and names of accounts."""
    return " ".join(NO_WORDS.sub(" ", html.unescape(MARKUP.sub(" ", text))).split())


def language(text: str, lowest_confidence: float) -> str | None:
    """The ISO 639-1 code of a plain text's language; None where the detector is less sure than that."""
    code, confidence = _languages().classify(text)
    return str(code) if confidence >= lowest_confidence and code != NO_LANGUAGE else None


def sentiment(text: str) -> float:
    """The mood of an English text from -1 to 1 (VADER's compound score); 0 where no word of it has one."""
    return float(_lexicon().polarity_scores(text)["compound"])


def _each(function: Callable[..., Any], gives: pa.DataType, *columns: Texts) -> pa.Array:
    rows = zip(*(column.to_pylist() for column in columns), strict=True)
    return pa.array([None if None in row else function(*row) for row in rows], gives)


def _plain(texts: Texts) -> pa.Array:
    return _each(plain, pa.string(), texts)


def _language(texts: Texts, lowest_confidences: Texts) -> pa.Array:
    return _each(language, pa.string(), texts, lowest_confidences)


def _sentiment(texts: Texts) -> pa.Array:
    return _each(sentiment, pa.float64(), texts)


# Functions of the module, because a database may outlive the connection that told it of them.
FUNCTIONS: tuple[tuple[str, Callable[..., pa.Array], Kinds, DuckDBPyType], ...] = (
    ("plain_text", _plain, [VARCHAR], VARCHAR),
    ("language_of", _language, [VARCHAR, DOUBLE], VARCHAR),
    ("sentiment_of", _sentiment, [VARCHAR], DOUBLE),
)


class Plugin(BasePlugin):
    """Makes the three functions known to every database that dbt opens; null in is null out."""

    def configure_connection(self, conn: DuckDBPyConnection) -> None:
        """Add the functions that this database does not have yet from an earlier connection."""
        there = {name for (name,) in conn.execute("select function_name from duckdb_functions()").fetchall()}
        for name, function, takes, gives in FUNCTIONS:
            if name not in there:
                conn.create_function(name, function, takes, gives, type=ARROW, null_handling=SPECIAL)


@lru_cache(maxsize=1)
def _languages() -> Any:
    """The detector, read once a process (a second): a build without new texts does not wait for it."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # type: ignore[import-untyped] # noqa: PLC0415

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


@lru_cache(maxsize=1)
def _lexicon() -> Any:
    """The lexicon, read once a process."""
    from vader import SentimentIntensityAnalyzer  # noqa: PLC0415

    return SentimentIntensityAnalyzer()
