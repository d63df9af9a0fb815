{{ config(materialized='view') }}

-- Who the owner was, by the CRM's own history where that was read, else by what was seen at each run.
with

statements as (

    select
        'contact' as object_type,
        contact_id as object_id,
        owner_id,
        created_at,
        modified_at,
        _day
    from {{ ref('stg_hubspot__contact_statements') }}
    union all
    select
        'company' as object_type,
        company_id as object_id,
        owner_id,
        created_at,
        modified_at,
        _day
    from {{ ref('stg_hubspot__company_statements') }}

),

changes as (

    select
        object_type,
        object_id,
        property_value as owner_id,
        changed_at,
        _day
    from {{ ref('stg_hubspot__property_changes') }}
    where object_type in ('contact', 'company') and property = 'owner_id'

),

records as (

    select
        object_type,
        object_id,
        min(created_at) as created_at
    from statements
    group by object_type, object_id

),

-- a history that is not as long as the CRM keeps them is whole: before its first change there was no owner
wholes as (

    select
        object_type,
        object_id,
        min(changed_at) as first_changed_at,
        min(_day) as _day
    from changes
    group by object_type, object_id
    having count(*) < 20

),

final as (

    select
        changes.object_type,
        changes.object_id,
        changes.owner_id,
        coalesce(records.created_at, changes.changed_at) as created_at,
        changes.changed_at as modified_at,
        changes._day
    from changes
    left join records on changes.object_type = records.object_type and changes.object_id = records.object_id
    union all
    select
        wholes.object_type,
        wholes.object_id,
        cast(null as {{ dbt.type_string() }}) as owner_id,
        records.created_at,
        records.created_at as modified_at,
        wholes._day
    from wholes
    inner join records on wholes.object_type = records.object_type and wholes.object_id = records.object_id
    where records.created_at < wholes.first_changed_at
    union all
    select statements.*
    from statements
    left join changes on statements.object_type = changes.object_type and statements.object_id = changes.object_id
    where changes.object_id is null

)

select * from final
