{{ config(
    materialized='incremental',
    incremental_strategy='replace',
    on_schema_change='fail',
    incremental_predicates=[
        'exists (select 1 from intermediate.int_day__affected_customers'
        ' as affected where affected.customer_id = int_day__customer_days.customer_id'
        ' and affected.affected_from <= int_day__customer_days.activity_date)'
    ]
) }}

-- depends_on: {{ ref('int_day__affected_customers') }}

with

counts as (

    select * from {{ ref('int_day__counts') }}

),

bits as (

    select * from {{ ref('int_day__active_bits') }}

),

final as (

    select
        counts.customer_id,
        counts.n_activities,
        counts.n_outbound,
        counts.n_machine,
        counts.n_web,
        counts.n_email,
        counts.n_social,
        counts.n_crm,
        counts.n_facet_visit,
        counts.n_facet_share,
        counts.n_facet_create,
        counts.n_facet_social,
        counts.n_facet_contact,
        counts.n_cognitive,
        counts.n_emotional,
        counts.n_behavioral,
        counts.n_c2c,
        counts.n_c2b,
        counts.n_c2brand,
        counts.n_consume,
        counts.n_participate,
        counts.n_inquiries,
        counts.n_purchases,
        counts.n_discussions,
        counts.n_likes,
        counts.n_comments,
        counts.n_shares,
        counts.n_mentions,
        counts.engaged_time_in_s,
        coalesce(bits.days_active_bits, 0) as days_active_bits,
        counts.points,
        counts.n_activities > 0 as is_active,
        counts.activity_date
    from counts
    left join bits on counts.customer_id = bits.customer_id and counts.activity_date = bits.activity_date

)

select * from final
