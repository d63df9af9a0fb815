{{ config(materialized='view_of_a_build') }}

{%- set readings = [
    ('n_web', 'channel', 'web'), ('n_email', 'channel', 'email'), ('n_social', 'channel', 'social'),
    ('n_crm', 'channel', 'crm'), ('n_facet_visit', 'facet', 'visit'), ('n_facet_share', 'facet', 'share'),
    ('n_facet_create', 'facet', 'create'), ('n_facet_social', 'facet', 'social'),
    ('n_facet_contact', 'facet', 'contact'), ('n_cognitive', 'dimension', 'cognitive'),
    ('n_emotional', 'dimension', 'emotional'), ('n_behavioral', 'dimension', 'behavioral'),
    ('n_c2c', 'party', 'c2c'), ('n_c2b', 'party', 'c2b'), ('n_c2brand', 'party', 'c2brand'),
    ('n_consume', 'mode', 'consume'), ('n_participate', 'mode', 'participate'), ('n_inquiries', 'kind', 'inquiry'),
    ('n_purchases', 'kind', 'purchase'), ('n_discussions', 'kind', 'discussion'), ('n_likes', 'social_act', 'like'),
    ('n_comments', 'social_act', 'comment'), ('n_shares', 'social_act', 'share'),
    ('n_mentions', 'social_act', 'mention')
] %}

with

acts as (

    select acts.*
    from {{ ref('int_day__customer_activities') }} as acts
    {% if not is_whole_build() %}
    inner join {{ ref('int_day__affected_customers') }} as affected
        on acts.customer_id = affected.customer_id and acts.activity_date >= affected.affected_from
    {% endif %}

),

-- what a type adds to, as 0 or 1: told once for each type and not for each act; as doubles, which are exact and which
-- DuckDB adds up in a third less time than whole numbers
types as (

    select
        activity,
        daily_cap,
        {% for name, column, value in readings %}
        cast(case when {{ column }} = '{{ value }}' then 1 else 0 end as double) as {{ name }},
        {% endfor %}
        cast(case when direction = 'outbound' then 1 else 0 end as double) as n_outbound,
        cast(case when direction = 'inbound' and counts_as_active then 1 else 0 end as double) as n_counted,
        case when direction = 'inbound' and counts_as_active and weight > 0 then weight else 0 end as points
    from {{ ref('activity_types') }}

),

final as (

    select
        acts.customer_id,
        {% for name, column, value in readings %}
        cast(sum(acts.n_human * types.n_counted * types.{{ name }}) as {{ dbt.type_int() }}) as {{ name }},
        {% endfor %}
        cast(sum(acts.n_human * types.n_counted) as {{ dbt.type_int() }}) as n_activities,
        cast(sum(acts.n_human * types.n_outbound) as {{ dbt.type_int() }}) as n_outbound,
        cast(sum(acts.n_machine) as {{ dbt.type_int() }}) as n_machine,
        cast(sum(acts.engaged_time_in_s) as {{ dbt.type_int() }}) as engaged_time_in_s,
        cast(sum(least(acts.n_human, types.daily_cap) * types.points) as decimal(18, 3)) as points,
        acts.activity_date
    from acts
    inner join types on acts.activity = types.activity
    group by acts.customer_id, acts.activity_date

)

select * from final
