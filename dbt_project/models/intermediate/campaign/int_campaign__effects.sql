-- How much more customers whom a campaign reached did afterwards than before, less the same of the others.
with

compared as (

    select
        treated.campaign_id,
        starts.started_on,
        treated.n as n_treated,
        everybody.n - treated.n as n_untreated,
        treated.points_after - treated.points_before as gained_treated,
        (everybody.points_after - treated.points_after) - (everybody.points_before - treated.points_before)
            as gained_untreated,
        settings.minimum_customers
    from {{ ref('int_campaign__treated') }} as treated
    inner join {{ ref('int_campaign__starts') }} as starts on treated.campaign_id = starts.campaign_id
    inner join {{ ref('int_campaign__everybody') }} as everybody on starts.started_on = everybody.started_on
    cross join {{ ref('effect_settings') }} as settings

),

final as (

    select
        campaign_id,
        started_on,
        n_treated,
        n_untreated,
        {{ share('gained_treated', 'n_treated') }} as change_treated,
        {{ share('gained_untreated', 'n_untreated') }} as change_untreated,
        case
            when n_treated >= minimum_customers and n_untreated >= minimum_customers
                then {{ share('gained_treated', 'n_treated') }} - {{ share('gained_untreated', 'n_untreated') }}
        end as incremental_engagement
    from compared

)

select * from final
