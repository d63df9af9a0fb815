-- Who hangs together: every identifier that is smaller than all it is linked with is a root, roots travel along the
-- links to greater identifiers until nothing new is reached, and an identifier belongs to the smallest root that got
-- there.
with recursive

identifiers as (

    select * from {{ ref('int_identity__identifiers') }}

),

links as (

    select * from {{ ref('int_identity__edges') }}

),

edges as (

    select
        left_number as from_number,
        right_number as to_number
    from links
    union
    select
        right_number as from_number,
        left_number as to_number
    from links

),

starts as (

    select from_number as root_number
    from edges
    group by from_number
    having from_number <= min(to_number)

),

reached as (

    select
        root_number,
        root_number as identifier_number
    from starts
    union
    select
        reached.root_number,
        edges.to_number as identifier_number
    from reached
    inner join edges on reached.identifier_number = edges.from_number
    where edges.to_number > reached.root_number

),

smallest as (

    select
        identifier_number,
        min(root_number) as root_number
    from reached
    group by identifier_number

),

final as (

    select
        identifiers.identifier_type,
        identifiers.identifier_value,
        identifiers.source_system,
        identifiers.strength,
        identifiers.identifier_number,
        roots.identifier_number as component_number,
        {{ dbt.concat(['roots.identifier_type', "':'", 'roots.identifier_value']) }} as component_id,
        identifiers.is_known,
        identifiers.first_seen_at
    from identifiers
    left join smallest on identifiers.identifier_number = smallest.identifier_number
    inner join identifiers as roots
        on coalesce(smallest.root_number, identifiers.identifier_number) = roots.identifier_number

)

select * from final
