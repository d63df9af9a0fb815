-- Where the ids that are no longer in use have gone: to the customer who holds most of what they held.
with

before as (

    select * from {{ ref('int_identity__before') }}

),

after as (

    select * from {{ ref('int_identity__after') }}

),

gone as (

    select customer_id
    from {{ ref('int_identity__ids') }}
    where not is_in_use

),

shares as (

    select
        before.customer_id as old_id,
        after.customer_id as new_id,
        count(distinct after.identifier_value) as identifier_count
    from before
    inner join after
        on
            before.identifier_type = after.identifier_type
            and before.identifier_value = after.identifier_value
    where before.customer_id in (select gone.customer_id from gone)
    group by before.customer_id, after.customer_id

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
    from {{ ref('int_identity__previous') }} as previous
    left join ranked on previous.customer_id = ranked.old_id and ranked.overlap_rank = 1
    where previous.identifier_type = 'customer_id'
    union
    select
        old_id,
        new_id
    from ranked
    where overlap_rank = 1

),

in_use as (

    select distinct customer_id
    from {{ ref('int_identity__members') }}
    where customer_id in (select followed.new_id from followed)

),

final as (

    select
        followed.old_id,
        followed.new_id
    from followed
    inner join in_use on followed.new_id = in_use.customer_id

)

select * from final
