"""How many rows of an entity lie in a folder's Parquet files: `python -m benchmarks.rows FOLDER ENTITY`."""

import sys
from pathlib import Path

from pyarrow import parquet

if __name__ == "__main__":
    folder, entity = Path(sys.argv[1]), sys.argv[2]
    paths = (path for path in folder.rglob("*.parquet") if entity in str(path.relative_to(folder)))
    print(sum(parquet.read_metadata(path).num_rows for path in paths))  # noqa: T201
