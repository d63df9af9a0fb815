"""Which records are probably one person's, by what they say of them: Fellegi and Sunter's model, as splink fits it.

For the one optional rule of identity_rules, `likely_person`. The same records give the same answer: one thread, one
order, one seed, rounded probabilities.
"""

import logging
from itertools import combinations
from typing import Any

import duckdb
import pyarrow as pa

TRAITS = ("first_name", "last_name", "birth_date", "street", "city", "postcode", "email", "phone")
ALONE = ("birth_date", "email", "phone")  # any two of these are as good as a name and one
LEAST_WORTH_A_LOOK = 0.01
SEED = 7
SAMPLED_PAIRS = 1e6
# Of the pairs that are one person's, how many agree in name and one more trait to the letter: a quarter, because
# records that agree to the letter have mostly been linked by a better rule already.
SHARE_THAT_AGREES = 0.25
FOUND = pa.schema([("record", pa.string()), ("person", pa.string()), ("probability", pa.float64())])
ANSWER = """
    with pairs as (
        select unique_id_l as record, match_probability as probability, unique_id_r as other from likely
        union all
        select unique_id_r, match_probability, unique_id_l from likely
    )

    select
        pairs.record,
        md5(min(mates.unique_id)) as person,
        round(max(pairs.probability), 4) as probability
    from pairs
    inner join clusters on pairs.record = clusters.unique_id
    inner join clusters as mates on clusters.cluster_id = mates.cluster_id
    inner join clusters as others on pairs.other = others.unique_id and others.cluster_id = clusters.cluster_id
    where pairs.probability >= ?
    group by pairs.record
    order by pairs.record
"""


def likely_people(records: pa.Table, at_least: float) -> pa.Table:
    """The records that probably have a twin: `record`, the digest of their `person`, `probability` of the link.

    `records` has `record` (unique) and any of TRAITS, texts with nulls; `at_least` is the probability that links.
    """
    traits = [name for name in TRAITS if name in records.column_names and records[name].null_count < len(records)]
    names, more = {"first_name", "last_name"}, set(traits) - {"first_name", "last_name", "city"}
    if len(records) < 2 or not names <= set(traits) or not more:
        return FOUND.empty_table()
    with duckdb.connect(config={"threads": 1}) as con:
        con.register("given", records)
        said = ", ".join(f"nullif(lower(trim({name})), '') as {name}" for name in traits)
        con.execute(f"create table people as select record as unique_id, {said} from given order by record")  # noqa: S608
        linker = _fitted(con, traits)
        likely = linker.inference.predict(threshold_match_probability=LEAST_WORTH_A_LOOK)
        clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(likely, at_least)
        con.register("likely", likely.as_duckdbpyrelation().to_arrow_table())
        con.register("clusters", clusters.as_duckdbpyrelation().to_arrow_table())
        return con.execute(ANSWER, [at_least]).to_arrow_table().cast(FOUND)


def _fitted(con: duckdb.DuckDBPyConnection, traits: list[str]) -> Any:
    """The model of these traits, its parameters estimated from the records themselves, without a label."""
    import splink.comparison_library as compare  # noqa: PLC0415 # half a second, only where the rule is switched on
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on  # noqa: PLC0415

    how = {
        "birth_date": compare.DateOfBirthComparison("birth_date", input_is_string=True),
        "street": compare.JaroWinklerAtThresholds("street", [0.9, 0.8]),
        "city": compare.JaroWinklerAtThresholds("city", [0.9, 0.8, 0.7]),
        "postcode": compare.DamerauLevenshteinAtThresholds("postcode", [1]),
        "email": compare.CustomComparison(output_column_name="email", comparison_levels=_emails()),
        "phone": compare.DamerauLevenshteinAtThresholds("phone", [1]),
    }
    names = compare.ForenameSurnameComparison("first_name", "last_name", jaro_winkler_thresholds=[0.92, 0.85, 0.7])
    more = [name for name in how if name in traits]
    rules: list[Any] = [block_on(name) for name in ("last_name", "first_name", *more) if name != "city"]
    rules += ["l.first_name = r.last_name", block_on("substr(first_name, 1, 3)", "substr(last_name, 1, 1)")]
    rules += [block_on("substr(email, 1, 5)")] if "email" in traits else []
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[names, *(how[name] for name in more)],
        blocking_rules_to_generate_predictions=rules,
    )
    people = DuckDBAPI(connection=con).register(con.table("people").to_arrow_table())
    linker = Linker(people, settings, log_level=logging.ERROR)
    certain: list[Any] = [block_on("first_name", "last_name", name) for name in more if name != "city"]
    certain += [block_on(*two) for two in combinations([name for name in ALONE if name in traits], 2)]
    linker.training.estimate_probability_two_random_records_match(certain, recall=SHARE_THAT_AGREES)
    linker.training.estimate_u_using_random_sampling(max_pairs=SAMPLED_PAIRS, seed=SEED)
    for known in ([name for name in more if name != "city"][:1], ["first_name", "last_name"]):
        alike = con.table("people").filter(f"{known[0]} is not null").aggregate("count(*) as n", ", ".join(known))
        if alike.filter("n > 1").fetchone():  # nothing can be learned from nobody
            linker.training.estimate_parameters_using_expectation_maximisation(block_on(*known))
    return linker


def _emails() -> list[Any]:
    """Levels of likeness of two emails. Homonyms have like addresses, told apart by their numbers: these must agree."""
    import splink.comparison_level_library as level  # noqa: PLC0415

    same_numbers = "regexp_replace(email_l, '[^0-9]', '', 'g') = regexp_replace(email_r, '[^0-9]', '', 'g')"
    return [
        level.NullLevel("email"),
        level.ExactMatchLevel("email"),
        *(
            level.CustomLevel(f"jaro_winkler_similarity(email_l, email_r) >= {at} and {same_numbers}", f"like by {at}")
            for at in (0.95, 0.88)
        ),
        level.ElseLevel(),
    ]
