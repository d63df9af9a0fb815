-- The channel on which a customer does most, and how much of it all is done there; of two alike the one of more points.
with

settings as (

    select * from {{ ref('preference_settings') }}

),

done as (

    select
        acts.customer_id,
        types.channel,
        sum(acts.n_human) as n_acts,
        sum(least(acts.n_human, types.daily_cap) * types.weight) as points
    from {{ ref('int_day__customer_activities') }} as acts
    inner join {{ ref('activity_types') }} as types on acts.activity = types.activity
    cross join settings
    where
        acts.n_human > 0
        and types.direction = 'inbound'
        and types.counts_as_active
        and acts.activity_date < {{ as_of() }}
        and {{ dbt.datediff('acts.activity_date', as_of(), 'day') }} <= settings.window_in_days
    group by acts.customer_id, types.channel

),

ranked as (

    select
        *,
        sum(n_acts) over (partition by customer_id) as n_all,
        row_number() over (
            partition by customer_id
            order by n_acts desc, points desc, channel
        ) as place
    from done

),

final as (

    select
        customer_id,
        channel as pref_channel,
        n_acts as n_on_pref_channel,
        n_all
    from ranked
    where place = 1

)

select * from final
