-- Where the ids that are no longer in use have gone: to the customer who holds most of what they held.
with

previous as (

    select * from {{ ref('int_identity__previous') }}

),

people as (

    select * from {{ ref('int_identity__people') }}
    where customer_id is not null

),

current_ids as (

    select distinct customer_id
    from people

),

shares as (

    select
        previous.customer_id as old_id,
        people.customer_id as new_id,
        count(distinct people.identifier_value) as identifier_count
    from previous
    left join current_ids on previous.customer_id = current_ids.customer_id
    inner join people
        on
            previous.identifier_type = people.identifier_type
            and previous.identifier_value = people.identifier_value
    where current_ids.customer_id is null
    group by previous.customer_id, people.customer_id

),

ranked as (

    select
        old_id,
        new_id,
        row_number() over (
            partition by old_id
            order by identifier_count desc, new_id
        ) as overlap_rank
    from shares

),

-- an id that went earlier follows the one that it had gone to
followed as (

    select
        previous.identifier_value as old_id,
        coalesce(ranked.new_id, previous.customer_id) as new_id
    from previous
    left join ranked on previous.customer_id = ranked.old_id and ranked.overlap_rank = 1
    where previous.identifier_type = 'customer_id'
    union
    select
        old_id,
        new_id
    from ranked
    where overlap_rank = 1

),

final as (

    select
        followed.old_id,
        followed.new_id
    from followed
    inner join current_ids on followed.new_id = current_ids.customer_id

)

select * from final
