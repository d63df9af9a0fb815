-- The campaigns that have one before and one after, sent within days, both known and over; and the same a span earlier,
-- when there was no campaign yet, which tells whether customers were going apart already.
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

spans as (

    select
        sends.campaign_id,
        steps.number as spans_earlier,
        sends.started_on,
        cast(
            {{ dbt.dateadd('day', '-settings.compared_days * steps.number', 'sends.started_on') }} as date
        ) as turned_on,
        settings.compared_days
    from sends
    cross join {{ numbers_to('1') }} as steps
    cross join {{ ref('effect_settings') }} as settings
    where
        {{ dbt.datediff('sends.started_on', 'sends.ended_on', 'day') }} < settings.largest_send_days
        and sends.started_on >= cast({{ dbt.dateadd('day', '-settings.history_in_days', as_of()) }} as date)
        and {{ dbt.dateadd('day', 'settings.compared_days', 'sends.started_on') }} <= {{ as_of() }}

),

final as (

    select
        spans.campaign_id,
        spans.spans_earlier,
        spans.turned_on,
        cast({{ dbt.dateadd('day', '-spans.compared_days', 'spans.turned_on') }} as date) as compared_from,
        cast({{ dbt.dateadd('day', 'spans.compared_days', 'spans.turned_on') }} as date) as compared_to
    from spans
    cross join known
    where {{ dbt.dateadd('day', '-spans.compared_days', 'spans.turned_on') }} >= known.first_date

)

select * from final
