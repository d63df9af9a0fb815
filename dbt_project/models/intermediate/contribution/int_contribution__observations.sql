-- What customers did before a week and after it, and their place by score in their segment at its beginning.
with

settings as (

    select * from {{ ref('contribution_settings') }}

),

score_settings as (

    select * from {{ ref('score_settings') }}

),

customers as (

    select * from {{ ref('int_contribution__customers') }}

),

did as (

    select
        customers.customer_id,
        customers.observed_on,
        case when days.activity_date < customers.observed_on then days.n_activities else 0 end as n_before,
        case when days.activity_date >= customers.week_to then days.n_activities else 0 end as n_after,
        case when days.activity_date < customers.observed_on then days.points end as points,
        {{ dbt.datediff('days.activity_date', 'customers.observed_on', 'day') }} - 1 as age_in_days
    from customers
    inner join {{ ref('int_day__customer_days') }} as days
        on
            customers.customer_id = days.customer_id
            and customers.before_from <= days.activity_date
            and customers.after_to > days.activity_date

),

pointed as (

    select
        did.customer_id,
        did.observed_on,
        did.n_before,
        did.n_after,
        case
            when did.age_in_days < score_settings.window_in_days
                then cast(did.points * {{ decay('did.age_in_days') }} as decimal(18, 6))
        end as points
    from did
    cross join score_settings

),

counted as (

    select
        customer_id,
        observed_on,
        sum(n_before) as n_before,
        sum(n_after) as n_after,
        sum(points) as raw_score
    from pointed
    group by customer_id, observed_on

),

scored as (

    select
        customers.customer_id,
        customers.b2b_b2c,
        customers.observed_on,
        customers.week_to,
        coalesce(counted.n_before, 0) as n_before,
        coalesce(counted.n_after, 0) as n_after,
        coalesce(counted.raw_score, 0) as raw_score
    from customers
    left join counted on customers.customer_id = counted.customer_id and customers.observed_on = counted.observed_on

),

final as (

    select
        scored.*,
        ceiling(settings.n_groups * {{ place_of('scored.raw_score', 'scored.b2b_b2c, scored.observed_on') }})
            as score_group
    from scored
    cross join settings

)

select * from final
