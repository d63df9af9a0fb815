with

held as (

    select
        people.customer_id,
        changes.scope,
        changes.list_id,
        changes.status,
        changes.status_at,
        lead(changes.status_at) over (
            partition by changes.source_system, changes.identifier_value, changes.list_id, changes.scope
            order by changes.status_at
        ) as next_at
    from {{ ref('int_consent__changes') }} as changes
    inner join {{ ref('int_identity__people') }} as people
        on
            changes.identifier_type = people.identifier_type
            and changes.identifier_value = people.identifier_value
    where people.customer_id is not null

),

-- whoever refuses an account as a whole takes back what any list was granted before
refusals as (

    select
        customer_id,
        scope,
        status_at as refused_at
    from held
    where list_id = '' and status in ('DENIED', 'REVOKED')

),

grants as (

    select
        held.customer_id,
        held.scope,
        held.status_at as granted_from,
        least(coalesce(held.next_at, {{ always_to() }}), coalesce(min(refusals.refused_at), {{ always_to() }}))
            as granted_until
    from held
    left join refusals
        on
            held.customer_id = refusals.customer_id
            and held.scope = refusals.scope
            and held.status_at <= refusals.refused_at
    where held.status = 'GRANTED'
    group by held.customer_id, held.scope, held.list_id, held.status_at, held.next_at

),

-- grants that overlap are one span
begun as (

    select
        *,
        case
            when granted_from <= max(granted_until) over (
                partition by customer_id, scope
                order by granted_from, granted_until
                rows between unbounded preceding and 1 preceding
            ) then 0
            else 1
        end as is_first
    from grants
    where granted_from < granted_until

),

-- of equal grants, as of two lists joined at one instant, the one that begins the span comes first
numbered as (

    select
        *,
        sum(is_first) over (
            partition by customer_id, scope
            order by granted_from, granted_until, is_first desc
            rows unbounded preceding
        ) as span_number
    from begun

),

final as (

    select
        customer_id,
        scope,
        min(granted_from) as granted_from,
        max(granted_until) as granted_until
    from numbered
    group by customer_id, scope, span_number

)

select * from final
