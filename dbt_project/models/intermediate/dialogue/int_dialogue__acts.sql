-- What a customer did within the window: acts in all, conversations, and by how many ways they took part.
with

settings as (

    select * from {{ ref('dialogue_settings') }}

),

types as (

    select
        types.*,
        coalesce(voices.voice = 'both', false) as is_conversation
    from {{ ref('activity_types') }} as types
    left join {{ ref('dialogue_voices') }} as voices on types.activity = voices.activity
    where types.direction = 'inbound' and types.counts_as_active

),

final as (

    select
        acts.customer_id,
        sum(acts.n_human) as n_activities,
        sum(case when types.is_conversation then acts.n_human else 0 end) as n_conversations,
        count(distinct case when types.mode = 'participate' then types.touchpoint end) as n_ways_used
    from {{ ref('int_day__customer_activities') }} as acts
    inner join types on acts.activity = types.activity
    cross join settings
    where
        acts.n_human > 0
        and acts.activity_date < {{ as_of() }}
        and {{ dbt.datediff('acts.activity_date', as_of(), 'day') }} <= settings.window_in_days
    group by acts.customer_id

)

select * from final
