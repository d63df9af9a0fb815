"""Records that are probably one person's, where the rule is switched on; see publishing/likely_people.py."""

RECORDS = """
    select
        source_system,
        identifier_type as record_type,
        identifier_value as record_id,
        identifier_type || ':' || identifier_value as record,
        coalesce(first_name, split_part(trim(full_name), ' ', 1)) as first_name,
        coalesce(last_name, regexp_extract(trim(full_name), '[^ ]+$')) as last_name,
        email,
        phone,
        cast(modified_at as timestamp) as seen_at
    from candidates
"""
LINKED = """
    select source_system, record_type, record_id, person, probability, seen_at
    from records inner join found using (record)
"""


def model(dbt, session):
    """One row per record that has a probable twin; only there where the variable `likely_people` is true."""
    dbt.config(materialized="table")
    candidates = dbt.ref("int_identity__profile_candidates")
    rules = dbt.ref("identity_rules")
    from publishing.likely_people import likely_people  # noqa: PLC0415 # dbt reads the model before it has a path

    at_least = rules.filter("rule = 'likely_person'").fetchone()[rules.columns.index("confidence")]
    records = candidates.query("candidates", RECORDS).to_arrow_table()
    session.register("records", records)
    session.register("found", likely_people(records.drop_columns(["source_system", "seen_at"]), at_least))
    return session.sql(LINKED).to_arrow_table()
