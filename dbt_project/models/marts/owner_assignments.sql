with

spells as (

    select * from {{ ref('int_account__owner_spells') }}
    where owner_id <> ''

),

people as (

    select
        identifier_type,
        identifier_value,
        customer_id
    from {{ ref('int_identity__people') }}
    where identifier_type in ('hubspot_contact_id', 'salesforce_contact_id', 'salesforce_lead_id')

),

final as (

    select
        {{ dbt.hash(dbt.concat([
            'spells.object_type', "'|'", 'spells.object_id', "'|'", 'cast(spells.valid_from as varchar)'
        ])) }} as owner_assignment_id,
        spells.owner_id,
        case when spells.object_type = 'company' then spells.object_id end as account_id,
        case when people.identifier_type = 'hubspot_contact_id' then spells.object_id end as hubspot_contact_id,
        case when people.identifier_type = 'salesforce_contact_id' then spells.object_id end as salesforce_contact_id,
        case when people.identifier_type = 'salesforce_lead_id' then spells.object_id end as salesforce_lead_id,
        people.customer_id,
        spells.object_type,
        spells.is_start_observed,
        spells.valid_to is null as is_current,
        spells.valid_from,
        coalesce(spells.valid_to, {{ always_to() }}) as valid_to
    from spells
    left join people
        on
            spells.object_id = people.identifier_value
            and spells.object_type = case
                when people.identifier_type = 'salesforce_lead_id' then 'lead' else 'contact'
            end

)

select * from final
