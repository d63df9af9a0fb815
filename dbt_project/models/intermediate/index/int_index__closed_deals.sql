-- The CRM's deals that were decided, won or lost, with whom; a deal that several contacts share is told to the first.
with

deal_contacts as (

    select
        deal_id,
        min(contact_id) as contact_id
    from {{ ref('stg_hubspot__deal_contacts') }}
    group by deal_id

),

hubspot as (

    select
        concat('hubspot/deals/', deals.deal_id) as deal_id,
        'hubspot_contact_id' as identifier_type,
        deal_contacts.contact_id as identifier_value,
        coalesce(deals.is_closed_won, false) as is_won,
        coalesce(deals.closed_at, deals.modified_at) as closed_at
    from {{ ref('stg_hubspot__deals') }} as deals
    inner join deal_contacts on deals.deal_id = deal_contacts.deal_id
    left join {{ ref('lost_deal_stages') }} as lost on lost.source_system = 'hubspot' and deals.stage = lost.stage
    where not deals.is_archived and (deals.is_closed_won or lost.stage is not null)

),

salesforce as (

    select
        concat('salesforce/opportunities/', opportunity_id) as deal_id,
        'salesforce_contact_id' as identifier_type,
        contact_id as identifier_value,
        is_won,
        coalesce(cast(closed_date as {{ dbt.type_timestamp() }}), modified_at) as closed_at
    from {{ ref('stg_salesforce__opportunities') }}
    where is_closed and not is_deleted and contact_id <> ''

),

deals as (

    select * from hubspot
    union all
    select * from salesforce

),

final as (

    select
        deals.deal_id,
        people.customer_id,
        deals.is_won,
        deals.closed_at
    from deals
    inner join {{ ref('int_activity__people') }} as people
        on
            deals.identifier_type = people.identifier_type
            and deals.identifier_value = people.identifier_value
            and deals.closed_at >= people.valid_from
            and deals.closed_at < people.valid_to

)

select * from final
