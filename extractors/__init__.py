"""Vendor APIs to typed Parquet: the only room that knows what a vendor is."""
