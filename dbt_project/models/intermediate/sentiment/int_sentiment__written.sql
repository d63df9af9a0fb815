{{ config(materialized='view') }}

{% for model, record in [
    ('stg_bluesky__interaction_texts', "concat('bluesky/interactions/', interaction_uri)"),
    ('stg_mastodon__notification_texts', "concat('mastodon/notifications/', notification_id)"),
    ('stg_x__mention_texts', "concat('x/mentions/', post_id)"),
    ('stg_x__quote_texts', "concat('x/quotes/', post_id)"),
    ('stg_hubspot__ticket_texts', "concat('hubspot/tickets/', ticket_id)"),
    ('stg_hubspot__feedback_submission_texts', "concat('hubspot/feedback_submissions/', feedback_submission_id)"),
    ('stg_salesforce__case_texts', "concat('salesforce/cases/', case_id)"),
    ('stg_files__survey_answer_texts', "concat('files/survey_answers/', response_id, '#', question)"),
] %}
select
    {{ record }} as source_record_id,
    text,
    _day
from {{ ref(model) }}
{{ 'union all' if not loop.last }}
{% endfor %}
