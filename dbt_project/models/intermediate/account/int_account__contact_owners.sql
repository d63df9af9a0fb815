{{ config(materialized='view') }}

-- Who the owner was, by the CRM's own history where that was read, else by what was seen at each run.
with

statements as (

    select * from {{ ref('stg_hubspot__contact_statements') }}

),

changes as (

    select
        object_id as contact_id,
        property_value as owner_id,
        changed_at,
        _day
    from {{ ref('stg_hubspot__property_changes') }}
    where object_type = 'contact' and property = 'owner_id'

),

records as (

    select
        contact_id,
        min(created_at) as created_at
    from statements
    group by contact_id

),

-- a history that is not as long as the CRM keeps them is whole: before its first change there was no owner
wholes as (

    select
        contact_id,
        min(changed_at) as first_changed_at,
        min(_day) as _day
    from changes
    group by contact_id
    having count(*) < 20

),

final as (

    select
        changes.contact_id,
        changes.owner_id,
        coalesce(records.created_at, changes.changed_at) as created_at,
        changes.changed_at as modified_at,
        changes._day
    from changes
    left join records on changes.contact_id = records.contact_id
    union all
    select
        wholes.contact_id,
        cast(null as {{ dbt.type_string() }}) as owner_id,
        records.created_at,
        records.created_at as modified_at,
        wholes._day
    from wholes
    inner join records on wholes.contact_id = records.contact_id
    where records.created_at < wholes.first_changed_at
    union all
    select
        contact_id,
        owner_id,
        created_at,
        modified_at,
        _day
    from statements
    where contact_id not in (select known.contact_id from changes as known)

)

select * from final
