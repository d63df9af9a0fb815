{{ config(
    materialized='incremental', incremental_strategy='replace', on_schema_change='fail',
    incremental_predicates=[was_in_scope("'matomo_visitor_id'", 'visitor_id')]
) }}

-- One customer's device: its whole history. Shared by a few: from a sign-in until the next customer's, and no longer than
-- the rule's hours after the last act. Shared by more than the rule allows: nobody's.
with

sightings as (

    select * from {{ ref('int_identity__sightings_in_scope') }}
    where rule = 'visitor_user' and {{ is_in_scope('record_type', 'record_id') }}

),

rules as (

    select * from {{ ref('identity_rules') }}
    where rule = 'visitor_user'

),

holders as (

    select
        sightings.record_id as visitor_id,
        members.customer_id,
        sightings._day,
        min(sightings.seen_at) as seen_at,
        max(sightings.seen_until) as seen_until
    from sightings
    inner join {{ ref('int_identity__members') }} as members
        on
            sightings.identifier_type = members.identifier_type
            and sightings.identifier_value = members.identifier_value
    where members.customer_id is not null
    group by sightings.record_id, members.customer_id, sightings._day

),

devices as (

    select
        visitor_id,
        min(customer_id) as customer_id,
        count(distinct customer_id) as customer_count
    from holders
    group by visitor_id

),

turns as (

    select
        holders.*,
        devices.customer_count,
        lead(holders.seen_at) over (
            partition by holders.visitor_id
            order by holders.seen_at, holders.seen_until, holders.customer_id
        ) as next_seen_at
    from holders
    inner join devices on holders.visitor_id = devices.visitor_id
    where devices.customer_count > 1

),

final as (

    select
        devices.visitor_id,
        devices.customer_id,
        rules.rule,
        rules.confidence,
        devices.customer_count,
        rules.max_group_size,
        {{ always_from() }} as valid_from,
        {{ always_to() }} as valid_to
    from devices cross join rules
    where devices.customer_count = 1
    union all
    select
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
    from turns cross join rules
    where turns.next_seen_at is null or turns.next_seen_at > turns.seen_at

)

select * from final
