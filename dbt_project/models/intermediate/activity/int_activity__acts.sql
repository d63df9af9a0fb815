{{ config(materialized='view') }}

-- What a vendor keeps rewriting is stateful: it is compared with the last build, not read by day.
with

final as (

    {% for source_system, model, is_stateful in [
        ('matomo', 'matomo', false),
        ('mailchimp', 'mailchimp', false),
        ('mailchimp', 'mailchimp_members', true),
        ('bluesky', 'bluesky', false),
        ('mastodon', 'mastodon', false),
        ('x', 'x', false),
        ('x', 'x_crowd', true),
        ('hubspot', 'hubspot', true),
    ] %}
    select
        '{{ source_system }}' as source_system,
        {{ is_stateful | lower }} as is_stateful,
        *
    from {{ ref('int_activity__' ~ model) }}
    {{ 'union all' if not loop.last }}
    {% endfor %}

)

select * from final
