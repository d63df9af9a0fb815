"""A finished build becomes what BI reads."""
