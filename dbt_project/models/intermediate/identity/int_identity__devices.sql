{{ config(
    materialized='incremental',
    incremental_strategy='replace',
    on_schema_change='fail',
    incremental_predicates=[was_in_scope('identifier_type', 'visitor_id')]
) }}

-- One customer's device: its whole history. Shared by a few: from a sign-in until the next customer's, at most the
-- rule's hours after the last act. Shared by more than the rule allows: nobody's.
with

rules as (

    select * from {{ ref('identity_rules') }}
    where valid_for_hours is not null

),

holders as (

    select * from {{ ref('int_identity__device_holders') }}

),

devices as (

    select
        identifier_type,
        visitor_id,
        min(customer_id) as customer_id,
        count(distinct customer_id) as customer_count
    from holders
    group by identifier_type, visitor_id

),

turns as (

    select
        holders.*,
        devices.customer_count,
        lead(holders.seen_at) over (
            partition by holders.identifier_type, holders.visitor_id
            order by holders.seen_at, holders.seen_until, holders.customer_id
        ) as next_seen_at
    from holders
    inner join devices
        on holders.identifier_type = devices.identifier_type and holders.visitor_id = devices.visitor_id
    where devices.customer_count > 1

),

final as (

    select
        devices.identifier_type,
        devices.visitor_id,
        devices.customer_id,
        rules.rule,
        rules.confidence,
        devices.customer_count,
        rules.max_group_size,
        {{ always_from() }} as valid_from,
        {{ always_to() }} as valid_to
    from devices
    inner join rules on devices.identifier_type = rules.record_type
    where devices.customer_count = 1
    union all
    select
        turns.identifier_type,
        turns.visitor_id,
        case when turns.customer_count <= rules.max_group_size then turns.customer_id end as customer_id,
        rules.rule,
        rules.confidence,
        turns.customer_count,
        rules.max_group_size,
        turns.seen_at as valid_from,
        least(
            coalesce(turns.next_seen_at, {{ always_to() }}),
            {{ hours_later('turns.seen_until', 'rules.valid_for_hours') }}
        ) as valid_to
    from turns
    inner join rules on turns.identifier_type = rules.record_type
    where turns.next_seen_at is null or turns.next_seen_at > turns.seen_at

)

select * from final
