-- Who buys is the contact that the opportunity names, else the lead that became it.
with

opportunities as (

    select * from {{ ref('stg_salesforce__opportunities') }}
    where is_won and not is_deleted

),

leads as (

    select
        converted_opportunity_id,
        min(coalesce(converted_contact_id, lead_id)) as who_id,
        max(_day) as _day
    from {{ ref('stg_salesforce__leads') }}
    where converted_opportunity_id <> ''
    group by converted_opportunity_id

),

bought as (

    select
        opportunities.opportunity_id,
        opportunities.owner_id,
        opportunities.amount,
        opportunities.closed_date,
        opportunities.created_at,
        coalesce(nullif(opportunities.contact_id, ''), leads.who_id) as who_id,
        greatest(opportunities._day, coalesce(leads._day, opportunities._day)) as _day
    from opportunities
    left join leads on opportunities.opportunity_id = leads.converted_opportunity_id

),

final as (

    select
        concat('salesforce/opportunities/', opportunity_id) as order_id,
        {{ salesforce_person('who_id') }} as identifier_type,
        who_id as identifier_value,
        owner_id,
        amount as net_sales,
        _day,
        coalesce(cast(closed_date as timestamp), created_at) as ordered_at
    from bought

)

select * from final
