"""dbt's own unit tests: every rule that decides something about a person, on rows that one can read."""

from tests.dbt.lake import Lake, messages


def test_every_rule_decides_as_its_unit_test_says_and_the_docs_build(lake: Lake) -> None:
    lake.build("2026-08-02")
    result = lake.dbt("test", "2026-08-02", "--select", "test_type:unit")
    assert result.success, messages(result)
    names = {found.node.name for found in result.result}  # type: ignore[union-attr]
    assert len(names) >= 9, names
    assert lake.dbt("docs generate", "2026-08-02", "--static").success
    page = (lake.root / "target" / "static_index.html").read_text()
    assert "The seven engagement metrics, each rate beside its numerator" in page
