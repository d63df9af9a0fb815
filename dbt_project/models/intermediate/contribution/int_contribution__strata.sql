-- Those who contributed in a week beside those alike who did not: of one segment, one week and one group of scores.
-- Whole numbers are added up and the mean of a group is rounded, so that the order of rows does not matter.
with

observations as (

    select * from {{ ref('int_contribution__observations') }}

),

contributed as (

    select distinct
        observations.customer_id,
        observations.observed_on,
        acts.contribution
    from observations
    inner join {{ ref('int_contribution__acts') }} as acts
        on
            observations.customer_id = acts.customer_id
            and observations.observed_on <= acts.activity_date
            and observations.week_to > acts.activity_date

),

kinds as (

    select
        customer_id,
        observed_on,
        contribution
    from contributed
    union
    select
        customer_id,
        observed_on,
        'any' as contribution
    from contributed

),

contributors as (

    select
        kinds.contribution,
        observations.b2b_b2c,
        observations.observed_on,
        observations.score_group,
        count(*) as n_contributors,
        sum(observations.n_before) as n_before,
        sum(observations.n_after) as n_after
    from kinds
    inner join observations
        on kinds.customer_id = observations.customer_id and kinds.observed_on = observations.observed_on
    group by kinds.contribution, observations.b2b_b2c, observations.observed_on, observations.score_group

),

others as (

    select
        observations.b2b_b2c,
        observations.observed_on,
        observations.score_group,
        count(*) as n_others,
        sum(observations.n_after - observations.n_before) as n_change
    from observations
    left join contributed
        on
            observations.customer_id = contributed.customer_id
            and observations.observed_on = contributed.observed_on
    where contributed.customer_id is null
    group by observations.b2b_b2c, observations.observed_on, observations.score_group

),

final as (

    select
        contributors.contribution,
        contributors.b2b_b2c,
        contributors.observed_on,
        contributors.score_group,
        contributors.n_contributors,
        contributors.n_before,
        contributors.n_after,
        coalesce(others.n_others, 0) as n_others,
        cast(cast(others.n_change as double) / others.n_others as decimal(18, 6)) as mean_change_of_others
    from contributors
    left join others
        on
            contributors.b2b_b2c = others.b2b_b2c
            and contributors.observed_on = others.observed_on
            and contributors.score_group = others.score_group

)

select * from final
