"""The people of the city and what they do, day by day, from a seed."""
