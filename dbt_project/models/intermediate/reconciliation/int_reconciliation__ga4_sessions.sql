-- The sessions of the export beside those that Google reports, and what may explain a difference. Google estimates
-- distinct counts, so that a few per cent are always open (seed reconciliation_settings).
with

exported as (

    select * from {{ ref('int_reconciliation__ga4_export') }}

),

reported as (

    select * from {{ ref('stg_ga4_data__reports') }}

),

exported_days as (

    select distinct _day from exported

),

days as (

    select
        report_date,
        max(case when is_thresholded then 1 else 0 end) = 1 as is_thresholded,
        max(case when is_sampled then 1 else 0 end) = 1 as is_sampled,
        max(case when has_other_row then 1 else 0 end) = 1 as has_other_row
    from reported
    group by report_date

),

provisional as (

    select distinct date_day
    from {{ ref('int_coverage__days') }}
    where source_system in ('ga4', 'ga4_data') and is_provisional

),

settings as (

    select * from {{ ref('reconciliation_settings') }}

),

compared as (

    select
        coalesce(exported.default_channel_group, reported.default_channel_group) as default_channel_group,
        coalesce(exported.session_count, 0) as exported_session_count,
        coalesce(reported.session_count, 0) as reported_session_count,
        coalesce(exported._day, reported.report_date) as report_date
    from exported
    full outer join reported
        on exported._day = reported.report_date and exported.default_channel_group = reported.default_channel_group

),

final as (

    select
        compared.default_channel_group,
        case
            when provisional.date_day is not null then 'provisional'
            when days.is_sampled then 'sampled'
            when days.has_other_row then 'other row'
            when days.is_thresholded and compared.reported_session_count < compared.exported_session_count
                then 'thresholded'
        end as explanation,
        compared.exported_session_count,
        compared.reported_session_count,
        abs(compared.exported_session_count - compared.reported_session_count) <= greatest(
            settings.least_difference,
            settings.tolerance * compared.reported_session_count
        ) as is_within_tolerance,
        compared.report_date
    from compared
    inner join days on compared.report_date = days.report_date
    inner join exported_days on compared.report_date = exported_days._day
    left join provisional on compared.report_date = provisional.date_day
    cross join settings

)

select * from final
