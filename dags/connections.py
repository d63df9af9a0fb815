"""The vendors' accounts and the digest key, out of Airflow's Connections."""
