with

-- social networks, surveys and reviews are no ways to ask the company something in person
months as (

    select distinct
        contact_channel,
        cast({{ dbt.date_trunc('month', 'date_day') }} as date) as contact_month
    from {{ ref('int_service__covered_days') }}
    where
        contact_channel = 'all'
        or contact_channel in (
            select roles.contact_channel from {{ ref('contact_activities') }} as roles
            where roles.role in ('inquiry', 'call')
        )

),

contacts as (

    select * from {{ ref('int_service__months') }}

),

scored as (

    select
        contact_channel,
        score,
        responded_date
    from {{ ref('int_service__efforts') }}
    union all
    select
        'all' as contact_channel,
        score,
        responded_date
    from {{ ref('int_service__efforts') }}

),

efforts as (

    select
        contact_channel,
        count(*) as n_effort_scores,
        sum(score) as effort,
        cast({{ dbt.date_trunc('month', 'responded_date') }} as date) as contact_month
    from scored
    group by contact_channel, {{ dbt.date_trunc('month', 'responded_date') }}

),

final as (

    select
        months.contact_channel,
        {{ whole('contacts.n_contacts') }} as n_contacts,
        {{ whole('contacts.n_customers') }} as n_customers,
        case when months.contact_channel = 'all' then {{ whole('contacts.n_customers_in_two_channels') }} end
            as n_customers_in_two_channels,
        case
            when months.contact_channel = 'all'
                then {{ share('contacts.n_customers_in_two_channels', 'contacts.n_customers') }}
        end as share_in_two_channels,
        {{ whole('contacts.channels_live') }} as channels_live,
        {{ whole('efforts.n_effort_scores') }} as n_effort_scores,
        {{ share('efforts.effort', 'efforts.n_effort_scores') }} as contact_effort,
        cast({{ dbt.dateadd('month', 1, 'months.contact_month') }} as date) <= {{ as_of() }} as is_closed,
        months.contact_month
    from months
    left join contacts
        on months.contact_channel = contacts.contact_channel and months.contact_month = contacts.contact_month
    left join efforts
        on months.contact_channel = efforts.contact_channel and months.contact_month = efforts.contact_month

)

select * from final
