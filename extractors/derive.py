"""What follows from the declarations, as files: dbt's sources, the vendors' pages, the list of endpoints.

`python -m extractors.derive` writes them, `--check` only tells which have drifted.
"""

import argparse
import sys
from pathlib import Path

import pyarrow as pa

from extractors.catalog import catalog
from extractors.schema import arrow_type, fields
from extractors.spec import Column, Endpoint, Source

ROOT = Path(__file__).resolve().parent.parent
HEADER = "Derived by `python -m extractors.derive` from extractors/sources/{vendor}.py: do not edit."
LOCATION = (
    'read_parquet(\'{{ env_var("RAPPORT_LAKE", "data/lake") }}/raw/source=${schema}/entity=${identifier}'
    "/day=*/part-0.parquet', hive_partitioning = true, union_by_name = true)"
)
"""The partitions of an endpoint."""
SQL_TYPES: dict[pa.DataType, str] = {
    pa.string(): "varchar",
    pa.int64(): "bigint",
    pa.float64(): "double",
    pa.bool_(): "boolean",
    pa.timestamp("us", tz="UTC"): "timestamp with time zone",
    pa.decimal128(18, 4): "decimal(18, 4)",
}


def sql_type(kind: pa.DataType) -> str:
    """The type as DuckDB and the documentation name it; a list is "<item>[]", a record "struct(…)"."""
    if pa.types.is_list(kind):
        return f"{sql_type(kind.value_type)}[]"
    if pa.types.is_struct(kind):
        return f"struct({', '.join(f'{field.name} {sql_type(field.type)}' for field in kind)})"
    return SQL_TYPES[kind]


def meaning(column: Column, name: str) -> str:
    """What stands in a column of the lake, in a few words; empty for the declared column itself."""
    return {
        f"{column.name}_digest": f"Keyed digest of `{column.name}`.",
        f"{column.name}_raw": f"`{column.name}` as the vendor sent it.",
    }.get(name, "")


def source_column(column: Column, field: pa.Field) -> list[str]:
    """A column of the dbt source, as YAML lines."""
    is_plain = field.name == column.name
    lines = [f"          - name: {field.name}", f"            data_type: {sql_type(field.type)}"]
    if not is_plain:
        lines.append(f'            description: "{meaning(column, field.name)}"')
    if is_plain and column.personal:
        lines.append(f"            config: {{meta: {{personal: {column.personal}}}}}")
    return lines


def source_table(endpoint: Endpoint) -> list[str]:
    """A table of the dbt source, as YAML lines."""
    lines = [f"      - name: {endpoint.name}", "        columns:"]
    for column in endpoint.columns:
        for field in fields(column):
            lines += source_column(column, field)
    return [
        *lines,
        "          - name: _seq",
        "            data_type: bigint",
        '            description: "The place of the row in the walk that read it."',
        "          - name: day",
        "            data_type: date",
        '            description: "The UTC day of the partition."',
    ]


def sources_yaml(source: Source) -> str:
    """A vendor as dbt sees it: one source over the Parquet partitions of the lake, a table an endpoint."""
    lines = [
        f"# {HEADER.format(vendor=source.name)}",
        "sources:",
        f"  - name: {source.name}",
        "    config:",
        "      meta:",
        "        formatter: template",
        "        external_location: >-",
        f"          {LOCATION}",
        "    tables:",
    ]
    for endpoint in source.endpoints:
        lines += source_table(endpoint)
    return "\n".join(lines) + "\n"


def filed_by(source: Source, endpoint: Endpoint) -> str:
    """Which day a row is filed under, in words."""
    if endpoint.by:
        return f"`{endpoint.by}`"
    if endpoint.span.each_day:
        return "the name of the file"
    if endpoint.each and endpoint.each.day:
        return f"`{endpoint.each.day}` of its `{source.name}.{endpoint.each.of}`"
    return "the last day of the window (a snapshot)"


def endpoint_chapter(source: Source, endpoint: Endpoint) -> list[str]:
    """What a vendor's page says of an endpoint, as Markdown lines."""
    scope = f" · scope `{endpoint.scope}`" if endpoint.scope else ""
    verb = f"{endpoint.method} " if source.reads == "calls" else ""
    lines = [
        f"### {endpoint.name}",
        "",
        f"`{verb}{endpoint.path}` · key {', '.join(f'`{name}`' for name in endpoint.key)} · "
        f"day by {filed_by(source, endpoint)} · read again for {endpoint.restate_days} days{scope}",
        "",
        "| column | type | in the answer | must be there | personal |",
        "|---|---|---|---|---|",
    ]
    for column in endpoint.columns:
        is_kept = endpoint.each and column.name == endpoint.each.keep
        places = "of the parent" if is_kept else " or ".join(f"`{place}`" for place in column.places)
        must = "yes" if column.required else ""
        lines.append(f"| `{column.name}` | {sql_type(arrow_type(column))} | {places} | {must} | {column.personal} |")
    return [*lines, ""]


def vendor_page(source: Source, root: Path = ROOT) -> str:
    """A vendor's page: what somebody wrote by hand above the mark, and below it every endpoint and column."""
    mark = f"<!-- {HEADER.format(vendor=source.name)} -->"
    path = root / f"docs/vendors/{source.name}.md"
    by_hand = path.read_text().partition(mark)[0].rstrip() if path.is_file() else f"# {source.name}"
    lines = [by_hand, "", mark, "", "## Endpoints", ""]
    lines += [
        f"Channel: {source.channel}. Every endpoint is a folder `raw/source={source.name}/entity=<endpoint>`.",
        "",
    ]
    for endpoint in source.endpoints:
        lines += endpoint_chapter(source, endpoint)
    return "\n".join(lines)


def endpoints_seed() -> str:
    """Every endpoint that a day is expected from, as CSV: source_system, channel, entity, restate_days."""
    lines = ["source_system,channel,entity,restate_days"]
    for source in catalog().values():
        lines += [f"{source.name},{source.channel},{e.name},{e.restate_days}" for e in source.endpoints]
    return "\n".join(lines) + "\n"


def derived(root: Path = ROOT) -> dict[Path, str]:
    """Every derived file by its place in the project, with what must stand in it."""
    found = {Path("dbt_project/seeds/endpoints.csv"): endpoints_seed()}
    for source in catalog().values():
        found[Path(f"dbt_project/models/staging/{source.name}/_{source.name}__sources.yml")] = sources_yaml(source)
        found[Path(f"docs/vendors/{source.name}.md")] = vendor_page(source, root)
    return found


def drifted(root: Path = ROOT) -> list[Path]:
    """The derived files that are missing or no longer say what the declarations say."""
    return [
        path for path, text in derived(root).items() if not (root / path).is_file() or (root / path).read_text() != text
    ]


def main() -> int:
    """Write what has drifted, or with --check only name it and return 1."""
    parser = argparse.ArgumentParser(prog="python -m extractors.derive", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; fail if a file has drifted")
    is_check = parser.parse_args().check
    paths = drifted()
    for path in paths:
        if not is_check:
            (ROOT / path).parent.mkdir(parents=True, exist_ok=True)
            (ROOT / path).write_text(derived()[path])
        sys.stdout.write(f"{path}\n")
    return 1 if is_check and paths else 0


if __name__ == "__main__":
    raise SystemExit(main())
