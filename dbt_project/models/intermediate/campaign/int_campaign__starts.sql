-- The campaigns that have one before and one after: sent within days, both spans over and known.
with

sends as (

    select
        campaign_id,
        min(sent_date) as started_on,
        max(sent_date) as ended_on
    from {{ ref('int_campaign__email_sends') }}
    group by campaign_id

),

known as (

    select min(date_day) as first_date
    from {{ ref('int_coverage__days') }}
    where is_received

),

final as (

    select
        sends.campaign_id,
        sends.started_on,
        cast({{ dbt.dateadd('day', '-settings.compared_days', 'sends.started_on') }} as date) as compared_from,
        cast({{ dbt.dateadd('day', 'settings.compared_days', 'sends.started_on') }} as date) as compared_to
    from sends
    cross join known
    cross join {{ ref('effect_settings') }} as settings
    where
        {{ dbt.datediff('sends.started_on', 'sends.ended_on', 'day') }} < settings.largest_send_days
        and sends.started_on >= cast({{ dbt.dateadd('day', '-settings.history_in_days', as_of()) }} as date)
        and {{ dbt.dateadd('day', 'settings.compared_days', 'sends.started_on') }} <= {{ as_of() }}
        and {{ dbt.dateadd('day', '-settings.compared_days', 'sends.started_on') }} >= known.first_date

)

select * from final
