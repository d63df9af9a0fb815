-- Which customer_id each component carries: the one it kept, else a new one made from its strongest, oldest identifier.
-- An id that was ever in use never comes back with another meaning.
with

members as (

    select * from {{ ref('int_identity__components') }}
    where is_known

),

kept as (

    select * from {{ ref('int_identity__kept_ids') }}

),

previous as (

    select * from {{ ref('int_identity__previous') }}

),

named as (

    select
        component_number,
        {{ dbt.concat(['identifier_type', "':'", 'identifier_value']) }} as seed,
        row_number() over (
            partition by component_number
            order by strength, first_seen_at, identifier_value
        ) as naming_rank
    from members

),

minted as (

    select
        component_number,
        {{ customer_id('seed') }} as customer_id,
        {{ customer_id(dbt.concat(['seed', "'|'", 'cast(' ~ as_of() ~ ' as varchar)'])) }} as other_id
    from named
    where naming_rank = 1

),

ids_used as (

    select customer_id
    from previous
    where customer_id in (select minted.customer_id from minted)
    union
    select identifier_value as customer_id
    from previous
    where identifier_type = 'customer_id' and identifier_value in (select minted.customer_id from minted)

),

final as (

    select
        minted.component_number,
        coalesce(
            kept.customer_id,
            case when ids_used.customer_id is null then minted.customer_id else minted.other_id end
        ) as customer_id
    from minted
    left join kept on minted.component_number = kept.component_number
    left join ids_used on minted.customer_id = ids_used.customer_id

)

select * from final
