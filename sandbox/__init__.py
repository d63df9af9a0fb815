"""A city of simulated customers whose truth is known, behind servers that speak each vendor's dialect."""
