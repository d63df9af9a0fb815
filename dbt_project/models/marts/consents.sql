with

changes as (

    select * from {{ ref('int_consent__changes') }}

),

people as (

    select * from {{ ref('int_identity__people') }}
    where customer_id is not null

),

ranked as (

    select
        *,
        row_number() over (
            partition by source_system, identifier_value, list_id, scope
            order by status_at desc
        ) as recency
    from changes

),

final as (

    select
        {{ dbt.hash(dbt.concat([
            'ranked.source_system', "'|'", 'ranked.identifier_value', "'|'", 'ranked.list_id', "'|'",
            "case when ranked.scope = 'email_marketing' then '' else concat(ranked.scope, '|') end",
            'cast(ranked.status_at as varchar)'
        ])) }} as consent_id,
        people.customer_id,
        ranked.identifier_type as source_record_type,
        ranked.identifier_value as source_record_id,
        nullif(ranked.list_id, '') as list_id,
        ranked.scope,
        ranked.status,
        ranked.basis_for_processing,
        ranked.source_system,
        ranked.recency = 1 as is_current,
        ranked.status_at
    from ranked
    inner join people
        on
            ranked.identifier_type = people.identifier_type
            and ranked.identifier_value = people.identifier_value

)

select * from final
