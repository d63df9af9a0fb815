{{ config(
    materialized='incremental',
    incremental_strategy='replace',
    on_schema_change='fail',
    incremental_predicates=[was_in_scope()]
) }}

with

groups as (

    select * from {{ ref('int_identity__groups') }}
    where skip_reason is not null

),

devices as (

    select distinct
        identifier_type,
        visitor_id,
        rule,
        customer_count,
        max_group_size
    from {{ ref('int_identity__devices') }}
    where customer_id is null

),

phones as (

    select * from {{ ref('int_identity__phones') }}
    where customer_count > 1

),

excluded as (

    select * from {{ ref('int_identity__excluded') }}

),

skipped as (

    select
        identifier_type,
        identifier_value,
        rule,
        skip_reason as reason,
        group_size,
        max_group_size
    from groups
    union all
    select
        identifier_type,
        visitor_id as identifier_value,
        rule,
        'device of too many customers' as reason,
        customer_count as group_size,
        max_group_size
    from devices
    union all
    select
        'phone' as identifier_type,
        identifier_value,
        'contact_phone' as rule,
        'phone of several customers' as reason,
        customer_count as group_size,
        1 as max_group_size
    from phones
    union all
    select * from excluded

),

final as (

    select * from skipped
    where {{ is_in_scope() }}

)

select * from final
