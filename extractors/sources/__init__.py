"""One file per vendor, each binding SOURCE."""
