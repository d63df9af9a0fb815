{{ config(materialized='view') }}

{%- set roles = ['message', 'advocacy', 'review', 'contribution', 'creation'] %}

with

named as (

    select
        activity,
        role
    from {{ ref('activity_roles') }}
    union all
    select
        activity,
        'advocacy' as role
    from {{ ref('lifecycle_signals') }}
    where stage = 'advocacy' and not is_incentivised
    union all
    select
        activity,
        contribution as role
    from {{ ref('contribution_types') }}
    where contribution = 'review'

),

roles as (

    select
        {% for role in roles %}
        max(case when role = '{{ role }}' then 1 else 0 end) as n_{{ role }},
        {% endfor %}
        activity
    from named
    group by activity

),

final as (

    select
        types.activity,
        types.channel,
        types.party,
        types.medium,
        types.facet,
        types.mode,
        types.touchpoint,
        types.kind,
        types.weight,
        {% for role in roles %}
        coalesce(roles.n_{{ role }}, 0) = 1 as is_{{ role }},
        {% endfor %}
        types.direction = 'inbound' and types.counts_as_active as is_counted
    from {{ ref('activity_types') }} as types
    left join roles on types.activity = roles.activity

)

select * from final
