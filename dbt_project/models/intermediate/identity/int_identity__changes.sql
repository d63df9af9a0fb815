-- What this build decided about customers, against the last one.
with

previous_ids as (

    select customer_id
    from {{ ref('int_identity__ids') }}
    where was_in_use

),

current_ids as (

    select customer_id
    from {{ ref('int_identity__ids') }}
    where is_in_use

),

moves as (

    select * from {{ ref('int_identity__moves') }}

),

origins as (

    select
        to_customer_id,
        min(from_customer_id) as from_customer_id
    from moves
    group by to_customer_id

),

came as (

    select
        case when origins.from_customer_id is null then 'NEW' else 'SPLIT' end as change_type,
        origins.from_customer_id,
        current_ids.customer_id as to_customer_id,
        cast(null as varchar) as identifier_type,
        cast(null as varchar) as identifier_value,
        case
            when origins.from_customer_id is null then 'first seen'
            else 'no link holds them together any more'
        end as reason,
        cast(null as varchar) as evidence
    from current_ids
    left join previous_ids on current_ids.customer_id = previous_ids.customer_id
    left join origins on current_ids.customer_id = origins.to_customer_id
    where previous_ids.customer_id is null

),

went as (

    select
        case when successors.new_id is null then 'REMOVED' else 'MERGED' end as change_type,
        previous_ids.customer_id as from_customer_id,
        successors.new_id as to_customer_id,
        cast(null as varchar) as identifier_type,
        cast(null as varchar) as identifier_value,
        case when successors.new_id is null then 'no identifier is left' else 'a link joins them' end as reason,
        bridges.evidence
    from previous_ids
    left join current_ids on previous_ids.customer_id = current_ids.customer_id
    left join {{ ref('int_identity__successors') }} as successors on previous_ids.customer_id = successors.old_id
    left join {{ ref('int_identity__bridges') }} as bridges on previous_ids.customer_id = bridges.customer_id
    where current_ids.customer_id is null

),

moved as (

    select
        'MOVED' as change_type,
        moves.from_customer_id,
        moves.to_customer_id,
        moves.identifier_type,
        moves.identifier_value,
        'linked with someone else now' as reason,
        moves.rule as evidence
    from moves
    inner join current_ids on moves.from_customer_id = current_ids.customer_id
    inner join previous_ids on moves.to_customer_id = previous_ids.customer_id

),

final as (

    select * from came
    union all
    select * from went
    union all
    select * from moved

)

select * from final
