"""Readers and killers around a publication: processes of their own, as in life."""

import json
import os
import signal
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest

from publishing.manifest import NAME
from publishing.publish import KEPT, current, publish, versions

DAY = date(2026, 9, 30)
PASSED = {"subject": "marts", "day": str(DAY), "passed": True, "rows": 0, "findings": []}
STEPS = ("made", "written", "flushed", "named", "pointed")

READER = """
import json, sys
from pathlib import Path
import duckdb, pyarrow.parquet as pq
published, stop = Path(sys.argv[1]), Path(sys.argv[2])
reads, mixed, errors, seen = 0, 0, [], set()
while not stop.exists():
    try:
        with duckdb.connect(str(published / "current" / "marts.duckdb"), read_only=True) as con:
            both = "(from customers select generation) union all (from orders select generation)"
            a = {row[0] for row in con.execute(f"select distinct generation from ({both})").fetchall()}
        folder = (published / "current").resolve()
        tables = [pq.read_table(folder / f"{mart}.parquet") for mart in ("customers", "orders")]
        b = {value for table in tables for value in table["generation"].unique().to_pylist()}
        about = json.loads((folder / "manifest.json").read_text())
        mixed += len(a) != 1 or len(b) != 1 or about["version"] != folder.name
        seen |= a | b
        reads += 1
    except Exception as error:
        errors.append(repr(error))
print(json.dumps({"reads": reads, "mixed": mixed, "errors": errors, "seen": sorted(seen)}))
"""

PUBLISHER = """
import json, os, signal, sys
from datetime import date
from publishing.publish import publish
warehouse, published, verdict, day, step = sys.argv[1:]
def reached(name):
    if name == step:
        os.kill(os.getpid(), signal.SIGKILL)
print(publish(warehouse, published, json.loads(verdict), date.fromisoformat(day), reached=reached))
"""


def build(folder: Path, generation: int) -> Path:
    path = folder / f"warehouse-{generation}.duckdb"
    with duckdb.connect(str(path)) as con:
        con.execute("create schema marts")
        for mart, key in (("customers", "customer_id"), ("orders", "order_id")):
            con.execute(f"create table marts.{mart} ({key} bigint, generation bigint)")
            con.execute(f"insert into marts.{mart} from range(9000) select range, {generation}")
    return path


def start(script: str, *arguments: object) -> subprocess.Popen:
    command = [sys.executable, "-c", script, *map(str, arguments)]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True, cwd=Path(__file__).parents[2])


def publisher(warehouse: Path, published: Path, step: str = "never") -> subprocess.Popen:
    return start(PUBLISHER, warehouse, published, json.dumps(PASSED), DAY, step)


def test_b23_a_reader_through_twenty_publications_sees_no_error_and_never_two_versions(tmp_path):
    published, stop = tmp_path / "published", tmp_path / "stop"
    publish(build(tmp_path, 0), published, PASSED, DAY)
    readers = [start(READER, published, stop) for _ in range(2)]
    for generation in range(1, 21):
        publish(build(tmp_path, generation), published, PASSED, DAY + timedelta(days=generation))
    stop.touch()
    for reader in readers:
        said, trouble = reader.communicate(timeout=60)
        found = json.loads(said)
        assert (found["errors"], found["mixed"], trouble) == ([], 0, "")
        assert found["reads"] >= 10
        assert len(found["seen"]) >= 5


@pytest.mark.parametrize("step", STEPS)
def test_a_publisher_killed_at_any_step_leaves_one_whole_version_and_the_next_one_clean(tmp_path, step):
    published = tmp_path / "published"
    before = publish(build(tmp_path, 1), published, PASSED, DAY)
    second = build(tmp_path, 2)
    killed = publisher(second, published, step)
    assert (killed.wait(timeout=60), killed.communicate()[0]) == (-signal.SIGKILL, "")
    folder = current(published)
    about = json.loads((folder / "manifest.json").read_text())
    assert (folder.name == before) == (step != "pointed")
    assert (folder / "marts.duckdb").exists()
    assert len(about["marts"]) == 2

    undisturbed = tmp_path / "undisturbed"
    expected = publish(second, undisturbed, PASSED, DAY)
    assert publish(second, published, PASSED, DAY) == expected
    assert current(published).name == expected
    left = {path.name for path in published.iterdir()}
    assert left == {".lock", "current", before, expected}
    parquet = sorted(path.name for path in (undisturbed / expected).glob("*.parquet"))
    assert len(parquet) == 2
    for name in [*parquet, "manifest.json"]:
        assert (published / expected / name).read_bytes() == (undisturbed / expected / name).read_bytes()


def test_a_publisher_killed_while_it_prunes_leaves_no_torn_version(tmp_path):
    published = tmp_path / "published"
    kept = [publish(build(tmp_path, generation), published, PASSED, DAY) for generation in range(KEPT)]
    for n, version in enumerate(kept):
        for path in (published / version, published / version / NAME):
            os.utime(path, (n, n))
    last = build(tmp_path, KEPT)
    killed = publisher(last, published, "withdrawn")
    assert (killed.wait(timeout=60), killed.communicate()[0]) == (-signal.SIGKILL, "")
    assert versions(published) == [*kept[1:], current(published).name]
    assert not (published / kept[0]).exists()

    (published / f".gone-{kept[0]}" / "customers.parquet").unlink()
    publish(last, published, PASSED, DAY)
    assert {path.name for path in published.iterdir()} == {".lock", "current", *versions(published)}
    assert all((published / version / "customers.parquet").exists() for version in versions(published))
    assert len(versions(published)) == KEPT


def test_publishers_at_the_same_time_end_with_one_of_them_published_whole(tmp_path):
    published = tmp_path / "published"
    warehouses = [build(tmp_path, generation) for generation in range(3)]
    racing = [publisher(warehouse, published) for warehouse in warehouses]
    said = [process.communicate(timeout=60) for process in racing]
    names = {out.strip() for out, _ in said}
    assert [process.returncode for process in racing] == [0, 0, 0], said
    assert set(versions(published)) == names
    assert current(published).name in names
    assert not list(published.glob(".making*"))
    assert str((published / "current").readlink()) in names
