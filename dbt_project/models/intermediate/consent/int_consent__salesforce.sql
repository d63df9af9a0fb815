{{ config(materialized='view') }}

-- A box that was never ticked says nothing; one that is unticked again takes the refusal back, and is no consent yet.
with

statements as (

    select
        'salesforce_contact_id' as identifier_type,
        contact_id as identifier_value,
        is_email_opted_out,
        modified_at,
        _day
    from {{ ref('stg_salesforce__contact_statements') }}
    union all
    select
        'salesforce_lead_id' as identifier_type,
        lead_id as identifier_value,
        is_email_opted_out,
        modified_at,
        _day
    from {{ ref('stg_salesforce__lead_statements') }}

),

compared as (

    select
        identifier_type,
        identifier_value,
        coalesce(is_email_opted_out, false) as is_opted_out,
        lag(coalesce(is_email_opted_out, false)) over (
            partition by identifier_type, identifier_value
            order by modified_at, _day
        ) as was_opted_out,
        modified_at
    from statements

),

final as (

    select
        'salesforce' as source_system,
        identifier_type,
        identifier_value,
        cast(null as varchar) as list_id,
        case when is_opted_out then 'opted out' else 'no longer opted out' end as vendor_status,
        cast(null as varchar) as basis_for_processing,
        false as is_act,
        modified_at as stated_at
    from compared
    where is_opted_out or was_opted_out

)

select * from final
