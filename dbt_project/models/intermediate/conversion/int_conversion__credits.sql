-- How the credit of a conversion is shared among its visits, by six rules; each rule gives out exactly one.
with

touches as (

    select
        *,
        power(0.5, age_in_s / 86400.0 / half_life_in_days) as decayed
    from {{ ref('int_conversion__touches') }}

),

final as (

    select
        conversion_id,
        session_id,
        goal,
        customer_id,
        default_channel_group,
        campaign_id,
        revenue,
        touch_number,
        touch_count,
        case when touch_number = 1 then 1.0 else 0.0 end as first_touch,
        case when touch_number = touch_count then 1.0 else 0.0 end as last_touch,
        case
            when non_direct_count = 0 and touch_number = touch_count then 1.0
            when not is_direct and non_direct_from_the_end = 1 then 1.0
            else 0.0
        end as last_non_direct,
        1.0 / touch_count as linear,
        case
            when touch_count = 1 then 1.0
            when touch_count = 2 and touch_number = 1 then first_share / (first_share + last_share)
            when touch_count = 2 then last_share / (first_share + last_share)
            when touch_number = 1 then first_share
            when touch_number = touch_count then last_share
            else (1.0 - first_share - last_share) / (touch_count - 2)
        end as position_based,
        decayed / sum(decayed) over (
            partition by conversion_id
            order by touch_number
            rows between unbounded preceding and unbounded following
        ) as time_decay,
        started_at,
        converted_at
    from touches

)

select * from final
