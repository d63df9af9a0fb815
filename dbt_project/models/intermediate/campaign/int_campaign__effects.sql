-- How much more customers whom a campaign reached did afterwards than before, less the same of the others.
with

compared as (

    select
        treated.campaign_id,
        treated.spans_earlier,
        treated.n as n_treated,
        everybody.n - treated.n as n_untreated,
        treated.points_after - treated.points_before as gained_treated,
        (everybody.points_after - treated.points_after) - (everybody.points_before - treated.points_before)
            as gained_untreated,
        settings.minimum_customers
    from {{ ref('int_campaign__treated') }} as treated
    inner join {{ ref('int_campaign__everybody') }} as everybody on treated.turned_on = everybody.turned_on
    cross join {{ ref('effect_settings') }} as settings

),

differences as (

    select
        *,
        {{ share('gained_treated', 'n_treated') }} as change_treated,
        {{ share('gained_untreated', 'n_untreated') }} as change_untreated,
        case
            when n_treated >= minimum_customers and n_untreated >= minimum_customers
                then {{ share('gained_treated', 'n_treated') }} - {{ share('gained_untreated', 'n_untreated') }}
        end as difference
    from compared

),

final as (

    select
        effects.campaign_id,
        effects.n_treated,
        effects.n_untreated,
        effects.change_treated,
        effects.change_untreated,
        effects.difference as incremental_engagement,
        earlier.difference as difference_before
    from differences as effects
    left join differences as earlier on effects.campaign_id = earlier.campaign_id and earlier.spans_earlier = 1
    where effects.spans_earlier = 0

)

select * from final
