with

final as (

    select
        customers.customer_id,
        channels.pref_channel,
        contents.pref_content_type,
        hours.pref_hour,
        {{ whole('channels.n_on_pref_channel') }} as n_on_pref_channel,
        {{ whole('channels.n_all') }} as n_activities_90d,
        {{ share('channels.n_on_pref_channel', 'channels.n_all') }} as pref_channel_share,
        {{ whole('hours.n_in_pref_hour') }} as n_in_pref_hour,
        {{ whole('hours.n_all') }} as n_with_an_hour,
        {{ share('hours.n_in_pref_hour', 'hours.n_all') }} as pref_hour_share,
        expectations.expectation_score,
        cast(expectations.expectation_gap as double) as expectation_gap,
        {{ as_of() }} as as_of_date
    from {{ ref('int_customer__customers') }} as customers
    left join {{ ref('int_preference__channels') }} as channels on customers.customer_id = channels.customer_id
    left join {{ ref('int_preference__contents') }} as contents on customers.customer_id = contents.customer_id
    left join {{ ref('int_preference__hours') }} as hours on customers.customer_id = hours.customer_id
    left join {{ ref('int_preference__expectations') }} as expectations
        on customers.customer_id = expectations.customer_id

)

select * from final
