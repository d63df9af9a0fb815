"""Side-by-side figures against peers and against the limit; never timed tests."""
