{{ config(materialized='view') }}

with

acts as (

    select acts.*
    from {{ ref('int_day__customer_activities') }} as acts
    {% if not is_whole_build() %}
    inner join {{ ref('int_day__affected_customers') }} as affected
        on acts.customer_id = affected.customer_id and acts.activity_date >= affected.affected_from
    {% endif %}

),

types as (

    select * from {{ ref('activity_types') }}

),

-- `n` is what counts as the customer's own engagement: inbound, human, and of a type that counts
judged as (

    select
        acts.customer_id,
        acts.activity,
        types.channel,
        types.facet,
        types.dimension,
        types.party,
        types.mode,
        types.kind,
        types.social_act,
        acts.n_machine,
        acts.engaged_time_in_s,
        case when types.direction = 'outbound' then acts.n_human else 0 end as n_outbound,
        case when types.direction = 'inbound' and types.counts_as_active then acts.n_human else 0 end as n,
        least(acts.n_human, types.daily_cap) * types.weight as points,
        acts.activity_date
    from acts
    inner join types on acts.activity = types.activity

),

final as (

    select
        customer_id,
        {% for name, column, value in [
            ('n_web', 'channel', 'web'), ('n_email', 'channel', 'email'), ('n_social', 'channel', 'social'),
            ('n_crm', 'channel', 'crm'), ('n_facet_visit', 'facet', 'visit'), ('n_facet_share', 'facet', 'share'),
            ('n_facet_create', 'facet', 'create'), ('n_facet_social', 'facet', 'social'),
            ('n_facet_contact', 'facet', 'contact'), ('n_cognitive', 'dimension', 'cognitive'),
            ('n_emotional', 'dimension', 'emotional'), ('n_behavioral', 'dimension', 'behavioral'),
            ('n_c2c', 'party', 'c2c'), ('n_c2b', 'party', 'c2b'), ('n_c2brand', 'party', 'c2brand'),
            ('n_consume', 'mode', 'consume'), ('n_participate', 'mode', 'participate'),
            ('n_inquiries', 'kind', 'inquiry'), ('n_purchases', 'kind', 'purchase'),
            ('n_discussions', 'kind', 'discussion'), ('n_likes', 'social_act', 'like'),
            ('n_comments', 'social_act', 'comment'), ('n_shares', 'social_act', 'share'),
            ('n_mentions', 'social_act', 'mention')
        ] %}
        cast(sum(case when {{ column }} = '{{ value }}' then n else 0 end) as {{ dbt.type_int() }}) as {{ name }},
        {% endfor %}
        cast(sum(n) as {{ dbt.type_int() }}) as n_activities,
        cast(sum(n_outbound) as {{ dbt.type_int() }}) as n_outbound,
        cast(sum(n_machine) as {{ dbt.type_int() }}) as n_machine,
        cast(sum(engaged_time_in_s) as {{ dbt.type_int() }}) as engaged_time_in_s,
        cast(sum(points) as decimal(18, 3)) as points,
        activity_date
    from judged
    group by customer_id, activity_date

)

select * from final
