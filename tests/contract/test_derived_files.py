"""What is derived from the declarations says what they say."""

from pathlib import Path

from extractors.derive import derived, drifted


def test_no_derived_file_has_drifted() -> None:
    assert len(derived()) >= 9
    assert drifted() == []


def test_a_drifted_file_is_noticed(tmp_path: Path) -> None:
    for path, text in derived().items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    assert drifted(tmp_path) == []
    page = tmp_path / "docs/vendors/matomo.md"
    page.write_text(page.read_text().replace("bigint", "varchar", 1))
    assert drifted(tmp_path) == [Path("docs/vendors/matomo.md")]
