-- The highest stage that there was evidence of, from each day on which that may have changed.
with

spells as (

    select * from {{ ref('int_lifecycle__spells') }}

),

bounds as (

    select
        customer_id,
        model,
        started_on as changed_on
    from spells
    union distinct
    select
        customer_id,
        model,
        lapsed_on as changed_on
    from spells
    where lapsed_on is not null

),

-- whoever was never seen discovering the brand, and whose evidence has lapsed, knows it all the same
highest as (

    select
        bounds.customer_id,
        bounds.model,
        bounds.changed_on,
        coalesce(max(spells.stage_number), 1) as stage_number
    from bounds
    left join spells
        on
            bounds.customer_id = spells.customer_id
            and bounds.model = spells.model
            and bounds.changed_on >= spells.started_on
            and bounds.changed_on < coalesce(spells.lapsed_on, date '9999-12-31')
    group by bounds.customer_id, bounds.model, bounds.changed_on

),

final as (

    select
        *,
        coalesce(
            lag(stage_number) over (partition by customer_id, model order by changed_on), 0
        ) as previous_stage_number
    from highest

)

select * from final
where stage_number <> previous_stage_number
