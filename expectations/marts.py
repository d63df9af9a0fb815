"""What every published table must be today.

That the SQL is right is said by dbt's tests; here stands what may go wrong with right SQL on a bad day: keys, volume,
shares, freshness, consent.
"""

from dataclasses import dataclass
from typing import Any

from expectations.suites import Expectation

# Somebody may have left with one address and stayed with another: a breach is an email when none had stayed.
SENT_AFTER_CONSENT_ENDED = """(
    select count(*) from (
        select email_send_id from (
            select sends.email_send_id, arg_max(consents.status, consents.status_at) as status
            from marts.email_sends as sends
            inner join marts.consents as consents
                on consents.customer_id = sends.customer_id and consents.status_at < sends.sent_at
            where consents.scope = 'email_marketing' and sends.sent_at >= {end} - interval 7 day
            group by sends.email_send_id, consents.source_record_id, consents.list_id
        ) as address_states
        group by email_send_id
        having not bool_or(status = 'GRANTED')
    ) as breaches
)"""
SCORES_THAT_DO_NOT_ADD_UP = """(
    select count(*)
    from marts.customer_scores as scores
    left join (
        select customer_id, as_of_date, sum(points) as points from marts.score_contributions group by all
    ) as parts on parts.customer_id = scores.customer_id and parts.as_of_date = scores.as_of_date
    where abs(coalesce(parts.points, 0) - coalesce(scores.raw_score, 0)) > 1e-6
)"""
SCORE = ("customer_scores.raw_score", "customer_scores.as_of_date")


@dataclass(frozen=True, slots=True)
class Mart:
    """A published table: the key that its name promises, whether it may be empty, and its own lines."""

    key: tuple[str, ...]
    may_be_empty: bool = True
    own: tuple[Expectation, ...] = ()


def none_where(says: str, condition: str, *needs: str, **more: Any) -> Expectation:
    """Expect that no row meets a condition on these columns."""
    measure = f"count(case when {condition} then 1 end)"
    return Expectation(says, measure, at_most=0, column=needs[0], needs=needs, **more)


MARTS: dict[str, Mart] = {
    "customers": Mart(("customer_id",), may_be_empty=False),
    "customer_profiles": Mart(("customer_id",)),
    "customer_identities": Mart(("identifier_type", "identifier_value", "valid_from"), may_be_empty=False),
    "accounts": Mart(("account_id",)),
    "owners": Mart(("owner_id",)),
    "owner_assignments": Mart(("owner_assignment_id",)),
    "identity_changes": Mart(("change_id",)),
    "skipped_identifiers": Mart(("identifier_type", "identifier_value", "rule")),
    "consents": Mart(("consent_id",)),
    "survey_responses": Mart(("survey_response_id",)),
    "social_interactions": Mart(("interaction_id",)),
    "social_post_days": Mart(("source_system", "post_id", "post_date")),
    "activities": Mart(
        ("activity_id",),
        may_be_empty=False,
        own=(
            none_where(
                "no activity lies after the day",
                "ts >= {end}",
                "ts",
                look_at="the clocks of the vendors, and the window of the build",
            ),
            Expectation(
                "activity is mostly that of known customers, as usual",
                "coalesce(avg(case when customer_id is null then 0.0 else 1.0 end), 1.0)",
                at_least=0.01,
                column="customer_id",
                needs=("customer_id",),
                look_at="identity: a vendor whose identifiers no longer match anybody's",
            ),
        ),
    ),
    "sessions": Mart(("session_id",)),
    "content_views": Mart(("view_id",)),
    "email_sends": Mart(
        ("email_send_id",),
        own=(
            Expectation(
                "nobody who withdrew consent was sent an email after it",
                SENT_AFTER_CONSENT_ENDED,
                at_most=0,
                column="sent_at",
                needs=(
                    *("email_send_id", "customer_id", "sent_at", "consents.customer_id", "consents.scope"),
                    *("consents.status", "consents.status_at", "consents.source_record_id", "consents.list_id"),
                ),
                severity="warning",
                look_at="the audience of the campaign: who left it still got mail",
            ),
        ),
    ),
    "orders": Mart(
        ("order_id",),
        own=(none_where("no order lies after the day", "ordered_at >= {end}", "ordered_at", look_at="hubspot.deals"),),
    ),
    "customer_days": Mart(("customer_id", "activity_date")),
    "customer_scores": Mart(
        ("customer_id", "as_of_date"),
        own=(none_where("a score lies between 0 and 100", "score < 0 or score > 100", "score"),),
    ),
    "score_contributions": Mart(
        ("customer_id", "as_of_date", "activity"),
        own=(
            Expectation(
                "the contributions add up to the raw score",
                SCORES_THAT_DO_NOT_ADD_UP,
                at_most=0,
                column="points",
                needs=("points", "customer_id", "as_of_date", *SCORE),
            ),
        ),
    ),
    "crm_scores": Mart(("source_system", "crm_object", "crm_record_id")),
    "score_validations": Mart(
        ("predictor", "outcome", "segment", "horizon_in_days"),
        own=(
            none_where(
                "chance stays chance",
                "predictor = 'random' and outcome = 'purchased' and least(n_events, n - n_events) >= 50 * n_dates and "
                "abs(reached - 0.5) > 1.5 / sqrt(least(n_events, n - n_events) / n_dates)",  # five standard errors
                *("predictor", "outcome", "n", "n_events", "n_dates", "reached"),
                look_at="the model score_validations: a number that means nothing must foretell nothing",
            ),
        ),
    ),
    "score_version_comparisons": Mart(
        ("outcome", "segment", "horizon_in_days"),
        own=(
            none_where(
                "a changed score foretells no worse than the published one",
                "is_deciding and verdict = 'worse'",
                *("verdict", "is_deciding"),
                look_at="the edit of activity_types or score_settings: take it back, or see `make fit-weights`",
            ),
        ),
    ),
    "score_validation_deciles": Mart(("predictor", "outcome", "segment", "horizon_in_days", "decile")),
    "conversions": Mart(("conversion_id",)),
    "funnel_conversions": Mart(("funnel", "mode", "step_number")),
    "attributions": Mart(("conversion_id", "session_id")),
    "cohort_retention": Mart(
        ("cohort_month", "cohort_month_number", "segment", "kind"),
        own=(
            none_where(
                "nobody is kept who was not there",
                "retained_customers > cohort_size or (cohort_month_number = 0 and retained_customers <> cohort_size)",
                *("retained_customers", "cohort_size", "cohort_month_number"),
                look_at="the model cohort_retention",
            ),
        ),
    ),
    "campaign_days": Mart(("campaign_id", "activity_date")),
    "kpi_days": Mart(("kpi_date", "segment"), may_be_empty=False),
    "restatements": Mart(("restatement_id",)),
    "data_coverage": Mart(
        ("source_system", "entity", "date_day"),
        own=(
            Expectation(
                "every source has said something about the day",
                "count(distinct source_system) - "
                "count(distinct case when date_day = {day} and is_received then source_system end)",
                at_most=0,
                column="source_system",
                needs=("source_system", "is_received", "date_day"),
                severity="warning",
                look_at="data_coverage: the sources that are missing for the day",
            ),
        ),
    ),
    "pipeline_runs": Mart(("run_id", "step")),
}
