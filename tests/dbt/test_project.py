"""The grammar of the models, from dbt's own manifest."""

import csv
import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from publishing.build import PROJECT
from tests.dbt.lake import Lake

LAYERS = {"staging": {"staging", "seeds"}, "intermediate": {"staging", "intermediate", "seeds"}}
LAYERS["marts"] = {"intermediate", "marts", "seeds"}


@pytest.fixture(scope="module")
def manifest(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What dbt makes of the project."""
    root: Path = tmp_path_factory.mktemp("project")
    lake = Lake(root / "lake", root / "warehouse.duckdb")
    assert lake.dbt("parse", "2026-08-02").success
    found: dict[str, Any] = json.loads((lake.root / "target" / "manifest.json").read_text())
    return found


def models(manifest: dict[str, Any]) -> list[dict[str, Any]]:
    """Every model."""
    found = [node for node in manifest["nodes"].values() if node["resource_type"] == "model"]
    assert len(found) > 70
    return found


def test_every_description_ends_with_the_grain(manifest: dict[str, Any]) -> None:
    silent = [
        m["name"] for m in models(manifest) if not m["description"].strip().split(". ")[-1].startswith("One row per ")
    ]
    assert silent == []


def test_every_mart_has_an_enforced_contract_and_a_version(manifest: dict[str, Any]) -> None:
    marts = [model for model in models(manifest) if model["schema"] == "marts"]
    assert len(marts) >= 10
    assert [model["name"] for model in marts if not model["contract"]["enforced"]] == []
    assert [model["name"] for model in marts if not model["version"]] == []
    assert [model["name"] for model in marts if not model["description"].strip()] == []


def test_each_layer_reads_only_what_it_may(manifest: dict[str, Any]) -> None:
    for model in models(manifest):
        for parent in model["depends_on"]["nodes"]:
            if parent.startswith("source."):
                assert model["schema"] == "staging", f"{model['name']} reads {parent}"
            else:
                assert manifest["nodes"][parent]["schema"] in LAYERS[model["schema"]], f"{model['name']} reads {parent}"


def test_a_view_that_a_day_leaves_as_it_is_says_the_same_in_each_build(manifest: dict[str, Any]) -> None:
    macros = {name: macro for name, macro in manifest["macros"].items() if macro["package_name"] == "rapport"}
    of_the_build = re.compile("RAPPORT_(AS_OF|TOUCHED_DAYS|RUNS)|[td]_relation\\(|run_query\\(")
    tied = {name for name, macro in macros.items() if of_the_build.search(macro["macro_sql"])}
    while more := {name for name, macro in macros.items() if tied & set(macro["depends_on"]["macros"])} - tied:
        tied |= more
    assert len(tied) > 10
    views = [model for model in models(manifest) if model["config"]["materialized"] == "view"]
    assert len(views) > 100
    assert {view["name"]: found for view in views if (found := tied & set(view["depends_on"]["macros"]))} == {}
    assert [view["name"] for view in views if of_the_build.search(view["raw_code"])] == []


def test_no_mart_is_read_from_the_lake(manifest: dict[str, Any]) -> None:
    """The gate and the publication know no end of the window: a view over staging would show them days to come."""
    known = {model["unique_id"]: model for model in models(manifest)}

    def sources(name: str) -> set[str]:
        """The sources that reading a model reads."""
        if name.startswith("source."):
            return {name}
        if name not in known or known[name]["config"]["materialized"] in ("table", "incremental"):
            return set()
        return set().union(*(sources(parent) for parent in known[name]["depends_on"]["nodes"]))

    marts = {name: model for name, model in known.items() if model["schema"] == "marts"}
    assert len([mart for mart in marts.values() if mart["config"]["materialized"] == "view"]) > 5
    assert {mart["name"]: found for name, mart in marts.items() if (found := sources(name))} == {}


def test_what_reads_a_table_of_the_last_build_is_built_before_that_table_is(manifest: dict[str, Any]) -> None:
    known = {model["unique_id"]: model for model in models(manifest)}
    ids = {model["name"]: name for name, model in known.items()}
    writers = {"int_activity__people_used": "int_activity__events", "int_campaign__names_used": "int_activity__answers"}

    @cache
    def above(name: str) -> frozenset[str]:
        parents = manifest["parent_map"][name]
        return frozenset(parents).union(*(above(parent) for parent in parents if parent in known))

    @cache
    def readers(name: str) -> frozenset[str]:
        """Where the rows end up: a view is read when what reads it is built."""
        if known[name]["config"]["materialized"] in ("table", "incremental"):
            return frozenset({name})
        children = [child for child in manifest["child_map"][name] if child in known]
        return frozenset({name}).union(*(readers(child) for child in children))

    found = 0
    for name, model in known.items():
        for table in re.findall(r"last_build\('(\w+)'\)", model["raw_code"]):
            writer = ids[writers.get(table, table)]
            assert readers(name) <= above(writer) | {writer}, f"{name} reads {table}"
            found += 1
    assert found > 15


def test_names_say_where_a_model_lives(manifest: dict[str, Any]) -> None:
    starts = {"staging": "stg_", "intermediate": "int_"}
    wrong = [m["name"] for m in models(manifest) if not m["name"].startswith(starts.get(m["schema"], ""))]
    assert wrong == []
    assert [m["name"] for m in models(manifest) if m["schema"] == "marts" and "__" in m["name"]] == []


def test_what_people_wrote_is_read_for_its_mood_and_by_nothing_else(manifest: dict[str, Any]) -> None:
    readers: dict[str, set[str]] = {}
    for model in models(manifest):
        for parent in model["depends_on"]["nodes"]:
            readers.setdefault(parent.rsplit(".", 1)[-1], set()).add(model["name"])
    texts = {model["name"]: model for model in models(manifest) if model["name"].endswith("_texts")}
    staged = {name for name in texts if name.startswith("stg_")}
    assert len(staged) >= 8
    assert {name: readers[name] for name in staged} == {key: {"int_sentiment__written"} for key in staged}
    assert readers["int_sentiment__written"] == {"int_sentiment__statements"}
    assert {texts[name]["config"]["materialized"] for name in staged} == {"view_of_a_build"}
    written = next(model for model in models(manifest) if model["name"] == "int_sentiment__written")
    assert written["config"]["materialized"] == "view"


def test_what_is_done_for_a_reward_has_no_weight_as_shipped() -> None:
    seeds = PROJECT / "seeds"
    with (seeds / "activity_types.csv").open() as file:
        weights = {row["activity"]: float(row["weight"]) for row in csv.DictReader(file)}
    with (seeds / "incentivised_activities.csv").open() as file:
        rewarded = [row["activity"] for row in csv.DictReader(file)]
    assert {activity: weights[activity] for activity in rewarded} == dict.fromkeys(rewarded, 0.0)
    assert len(rewarded) >= 5
