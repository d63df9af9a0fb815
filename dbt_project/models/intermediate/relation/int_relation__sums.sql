{%- set readings = [
    ('n_c2c', "party = 'c2c'"), ('n_c2b', "party = 'c2b'"), ('n_c2brand', "party = 'c2brand'"),
    ('online_n', "medium = 'online'"), ('offline_n', "medium = 'offline'"), ('n_consume', "mode = 'consume'"),
    ('n_participate', "mode = 'participate'"), ('n_inquiries', "kind = 'inquiry'"),
    ('n_purchases', "kind = 'purchase'"), ('n_discussions', "kind = 'discussion'"), ('n_share', "facet = 'share'"),
    ('n_create', "facet = 'create'"), ('n_social', "facet = 'social'"), ('n_contact', "facet = 'contact'"),
    ('n_contrib_review', 'is_review'), ('n_contributions', 'is_contribution'), ('n_creations', 'is_creation')
] -%}

with

types as (

    select * from {{ ref('int_relation__types') }}

),

acts as (

    select
        acts.*,
        case when types.is_counted then acts.n_in_window else 0 end as n_counted
    from {{ ref('int_relation__acts') }} as acts
    inner join types on acts.activity = types.activity
    where types.is_counted or types.is_message

),

-- a date goes before a name, so that the least of the two together is the earliest, of one day the first by name
final as (

    select
        acts.customer_id,
        sum(acts.n_counted) as n_acts,
        sum(case when types.is_message then acts.n_in_window else 0 end) as n_outbound,
        {% for name, condition in readings %}
        sum(case when types.{{ condition }} then acts.n_counted else 0 end) as {{ name }},
        {% endfor %}
        sum(acts.n_counted * types.weight) as weight_of_acts,
        sum(case when types.kind = 'purchase' then 0 else acts.n_counted * types.weight end)
            as weight_of_non_transactional,
        count(distinct case when acts.n_counted > 0 then types.touchpoint end) as n_touchpoints,
        substr(min(case when types.is_counted then concat(acts.first_date, types.touchpoint) end), 11)
            as first_touchpoint,
        substr(max(case when types.is_counted then concat(acts.last_date, types.touchpoint) end), 11)
            as last_touchpoint,
        min(case when types.is_counted then acts.first_date end) as first_active_date
    from acts
    inner join types on acts.activity = types.activity
    group by acts.customer_id

)

select * from final
