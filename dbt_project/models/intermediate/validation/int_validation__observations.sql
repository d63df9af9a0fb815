{{ config(materialized='view') }}

-- Each customer on each Monday by which they were known, and for how long by then.
with

dates as (

    select distinct observed_on from {{ ref('int_validation__grid') }}

),

known as (

    select
        customers.customer_id,
        customers.b2b_b2c,
        customers.draw_group,
        {{ dbt.datediff('customers.first_seen_on', 'dates.observed_on', 'day') }} as tenure_in_days,
        dates.observed_on
    from {{ ref('int_validation__customers') }} as customers
    inner join dates on customers.first_seen_on < dates.observed_on

),

final as (

    select
        known.*,
        bands.tenure_band
    from known
    inner join {{ ref('tenure_bands') }} as bands
        on known.tenure_in_days >= bands.from_days and known.tenure_in_days < bands.to_days

)

select * from final
