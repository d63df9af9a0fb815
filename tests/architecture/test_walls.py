"""Who may import whom."""

import pytest
from tree import importers, imports, name, tracked


def in_room(room: str) -> list:
    return [path for path in tracked(".py") if name(path).startswith(f"{room}/")]


@pytest.mark.parametrize(
    ("module", "only"),
    [
        ("requests", set()),  # docs/decisions/0009
        ("urllib3", {"extractors/transport.py"}),
        ("great_expectations", {"expectations/judge.py"}),
    ],
)
def test_no_other_file_knows_the_library(module: str, only: set[str]) -> None:
    product = {path for path in importers(module) if not path.startswith(("demo/", "sandbox/"))}
    assert product == only


def test_a_source_imports_only_what_declares() -> None:
    allowed = {"extractors.spec", "extractors.terms", "extractors.paging", "extractors.auth"}
    pure = {"json", "collections", "datetime", "decimal", "dataclasses", "typing", "functools", "hashlib"}
    files = [path for path in in_room("extractors/sources") if path.stem != "__init__"]
    assert len(files) >= 4
    for path in files:
        for module in imports(path):
            top = module.split(".")[0]
            own = f"extractors.sources._{path.stem}"
            ours = (
                module == own
                or module.startswith(f"{own}.")
                or any(module == a or module.startswith(f"{a}.") for a in allowed)
            )
            assert ours or top in pure, f"{name(path)} imports {module}"


def test_the_extractors_know_no_other_room_and_no_scheduler() -> None:
    others = {"airflow", "dbt", "duckdb", "great_expectations", "sandbox", "expectations", "publishing", "dags", "demo"}
    for path in in_room("extractors"):
        assert not {module.split(".")[0] for module in imports(path)} & others, name(path)


def test_the_sandbox_knows_the_shape_of_a_vendor_and_nothing_else_of_ours() -> None:
    rooms = {"extractors", "expectations", "publishing", "dags", "demo"}
    for path in in_room("sandbox"):
        ours = {module for module in imports(path) if module.split(".")[0] in rooms}
        assert all(module == "extractors" or module.startswith("extractors.spec") for module in ours), name(path)


def test_only_settings_reads_the_environment() -> None:
    readers = set()
    for path in in_room("extractors") + in_room("expectations"):
        text = path.read_text()
        if "os.environ" in text or "getenv" in text:
            readers.add(name(path))
    assert readers == {"extractors/settings.py"}


def test_nothing_heavy_is_imported_at_the_top_of_a_dag() -> None:
    heavy = {"pyarrow", "duckdb", "great_expectations", "requests", "dbt", "expectations", "publishing"}
    files = in_room("dags")
    assert files
    for path in files:
        top = [
            line.split()[1].split(".")[0]
            for line in path.read_text().splitlines()
            if line.startswith(("import ", "from "))
        ]
        assert not set(top) & heavy, name(path)
