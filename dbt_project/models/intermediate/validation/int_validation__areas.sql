-- The area under the ROC curve of each outcome in each replicate.
with

draws as (

    select * from {{ ref('int_validation__draws') }}

),

-- one number for a level of a curve, by which two hundred replicates are added up three times as fast as by its names
numbered as (

    select
        *,
        dense_rank() over (order by predictor, outcome, segment, horizon_in_days, level) as level_id
    from {{ ref('int_validation__counts') }}
    where draw_group is not null

),

levels as (

    select distinct
        level_id,
        predictor,
        outcome,
        segment,
        horizon_in_days,
        level
    from numbered

),

weighted as (

    select
        numbered.level_id,
        draws.replicate,
        sum(cast(draws.weight as double) * numbered.n_events) as n_with,
        sum(cast(draws.weight as double) * (numbered.n - numbered.n_events)) as n_without
    from numbered
    inner join draws on numbered.draw_group = draws.draw_group
    group by numbered.level_id, draws.replicate

),

placed as (

    select
        levels.*,
        weighted.replicate,
        weighted.n_with,
        weighted.n_without,
        {{ n_below('levels.predictor, levels.outcome, levels.segment, levels.horizon_in_days, weighted.replicate') }}
            as n_below
    from weighted
    inner join levels on weighted.level_id = levels.level_id

),

final as (

    select
        predictor,
        outcome,
        segment,
        horizon_in_days,
        replicate,
        {{ area_under_curve() }} as reached
    from placed
    group by predictor, outcome, segment, horizon_in_days, replicate

)

select * from final
