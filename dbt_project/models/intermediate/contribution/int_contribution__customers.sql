-- Customers by the Monday of a week who were known for all the days before it. Whoever contributed in those days is
-- left out: they are neither new to it nor without.
with

known as (

    select
        customers.customer_id,
        customers.b2b_b2c,
        weeks.observed_on,
        weeks.week_to,
        weeks.before_from,
        weeks.after_to
    from {{ ref('int_validation__customers') }} as customers
    inner join {{ ref('int_contribution__weeks') }} as weeks on customers.first_seen_on <= weeks.before_from

),

earlier as (

    select distinct
        known.customer_id,
        known.observed_on
    from known
    inner join {{ ref('int_contribution__acts') }} as acts
        on
            known.customer_id = acts.customer_id
            and known.before_from <= acts.activity_date
            and known.observed_on > acts.activity_date

),

final as (

    select known.*
    from known
    left join earlier on known.customer_id = earlier.customer_id and known.observed_on = earlier.observed_on
    where earlier.customer_id is null

)

select * from final
