{{ config(materialized='view') }}

{%- set readings = [
    ('n_c2c', "party = 'c2c'"), ('n_c2b', "party = 'c2b'"), ('n_c2brand', "party = 'c2brand'"),
    ('online_n', "medium = 'online'"), ('offline_n', "medium = 'offline'"), ('n_consume', "mode = 'consume'"),
    ('n_participate', "mode = 'participate'"), ('n_inquiries', "kind = 'inquiry'"),
    ('n_purchases', "kind = 'purchase'"), ('n_discussions', "kind = 'discussion'"), ('n_share', "facet = 'share'"),
    ('n_create', "facet = 'create'"), ('n_social', "facet = 'social'"), ('n_contact', "facet = 'contact'"),
    ('n_contrib_review', 'is_review'), ('n_contributions', 'is_contribution'), ('n_creations', 'is_creation')
] %}

with

-- what a type adds to, as 0 or 1, told once for each type and not for each act; as doubles (int_day__counts)
types as (

    select
        activity,
        {% for name, condition in readings %}
        cast(case when is_counted and {{ condition }} then 1 else 0 end as double) as {{ name }},
        {% endfor %}
        cast(case when is_counted then 1 else 0 end as double) as n_acts,
        cast(case when is_message then 1 else 0 end as double) as n_outbound,
        case when is_counted then weight else 0 end as weight_of_acts,
        case when is_counted and coalesce(kind, '') <> 'purchase' then weight else 0 end as weight_of_non_transactional,
        case when is_counted then dense_rank() over (order by touchpoint) end as touchpoint_number
    from {{ ref('int_relation__types') }}
    where is_counted or is_message

),

final as (

    select
        acts.customer_id,
        {% for name in readings | map(attribute=0) | list + ['n_acts', 'n_outbound'] %}
        cast(sum(acts.n_in_window * types.{{ name }}) as bigint) as {{ name }},
        {% endfor %}
        sum(acts.n_in_window * types.weight_of_acts) as weight_of_acts,
        sum(acts.n_in_window * types.weight_of_non_transactional) as weight_of_non_transactional,
        coalesce(bit_count({{ bits_of('case when acts.n_in_window > 0 then types.touchpoint_number end') }}), 0)
            as n_touchpoints
    from {{ ref('int_relation__acts') }} as acts
    inner join types on acts.activity = types.activity
    group by acts.customer_id

)

select * from final
