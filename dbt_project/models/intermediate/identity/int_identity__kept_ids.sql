-- Which component goes on under which customer_id of the last build: an id stays with the component that holds most of
-- what it held, and a component takes the id that covers most of it.
with

members as (

    select * from {{ ref('int_identity__components') }}

),

known as (

    select distinct component_number
    from members
    where is_known

),

previous as (

    select * from {{ ref('int_identity__before') }}

),

shares as (

    select
        members.component_number,
        previous.customer_id,
        count(*) as identifier_count,
        min(members.first_seen_at) as first_seen_at
    from members
    inner join known on members.component_number = known.component_number
    inner join previous
        on
            members.identifier_type = previous.identifier_type
            and members.identifier_value = previous.identifier_value
    group by members.component_number, previous.customer_id

),

claims as (

    select
        *,
        row_number() over (
            partition by customer_id
            order by identifier_count desc, first_seen_at, component_number
        ) as claim_rank
    from shares

),

ranked as (

    select
        *,
        row_number() over (
            partition by component_number
            order by identifier_count desc, first_seen_at, customer_id
        ) as keep_rank
    from claims
    where claim_rank = 1

),

final as (

    select
        component_number,
        customer_id
    from ranked
    where keep_rank = 1

)

select * from final
