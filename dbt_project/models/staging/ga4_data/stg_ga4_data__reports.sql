with

statements as (

    select * from {{ source('ga4_data', 'reports') }}

),

latest as (

    {{ latest_statement('statements', ['day', 'default_channel_group']) }}

),

final as (

    select
        default_channel_group,
        time_zone,
        session_count,
        engaged_session_count,
        active_user_count,
        event_count,
        default_channel_group = '(other)' or coalesce(has_other_row, false) as has_other_row,
        coalesce(is_thresholded, false) as is_thresholded,
        samples is not null as is_sampled,
        day as report_date
    from latest

)

select * from final
