-- A shared device brings ids into scope of which nothing else is, so each is looked up among all.
with

at_stake as (

    select customer_id from {{ ref('int_identity__before') }}
    union
    select customer_id from {{ ref('int_identity__after') }}

),

previous_ids as (

    select distinct customer_id
    from {{ ref('int_identity__previous') }}
    where customer_id in (select at_stake.customer_id from at_stake)

),

current_ids as (

    select distinct customer_id
    from {{ ref('int_identity__members') }}
    where customer_id in (select at_stake.customer_id from at_stake)

),

final as (

    select
        at_stake.customer_id,
        previous_ids.customer_id is not null as was_in_use,
        current_ids.customer_id is not null as is_in_use
    from at_stake
    left join previous_ids on at_stake.customer_id = previous_ids.customer_id
    left join current_ids on at_stake.customer_id = current_ids.customer_id

)

select * from final
