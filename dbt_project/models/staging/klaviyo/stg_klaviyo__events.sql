{{ config(materialized='view_of_a_build') }}

with

statements as (

    select * from {{ source('klaviyo', 'events') }}
    where {{ in_touched_days('day', margin=1) }}

),

latest as (

    {{ latest_statement('statements', ['event_id']) }}

),

final as (

    select
        event_id,
        metric_id,
        profile_id,
        message_id,
        flow_id,
        attributed_message_id,
        source_event_id,
        order_number,
        list_name,
        url,
        product_id,
        bounce_type,
        currency,
        value,
        item_count,
        is_bot_click,
        is_apple_privacy_open,
        is_machine_open,
        {{ utc('happened_at') }} as happened_at,
        day as _day
    from latest

)

select * from final
