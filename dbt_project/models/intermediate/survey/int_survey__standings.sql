-- What stands on each day: the steps up to it, added up.
with

steps as (

    select * from {{ ref('int_survey__steps') }}

),

bounds as (

    select
        survey_type,
        min(step_date) as first_date
    from steps
    group by survey_type

),

days as (

    select date_day
    from {{ days_between(
        '(select min(bounds.first_date) from bounds)', dbt.dateadd('day', -1, as_of())
    ) }}

),

scopes as (

    select distinct
        segment,
        channel
    from steps

),

grid as (

    select
        scopes.segment,
        scopes.channel,
        bounds.survey_type,
        days.date_day
    from scopes
    cross join bounds
    inner join days on bounds.first_date <= days.date_day

),

moved as (

    select
        segment,
        channel,
        survey_type,
        step_date,
        sum(n) as n,
        sum(n_favourable) as n_favourable,
        sum(n_unfavourable) as n_unfavourable,
        sum(total) as total,
        sum(squares) as squares,
        sum(weighted_total) as weighted_total
    from steps
    group by segment, channel, survey_type, step_date

),

final as (

    select
        grid.segment,
        grid.channel,
        grid.survey_type,
        {% for sum in ('n', 'n_favourable', 'n_unfavourable', 'total', 'squares', 'weighted_total') %}
        sum(coalesce(moved.{{ sum }}, 0)) over (
            partition by grid.segment, grid.channel, grid.survey_type
            order by grid.date_day rows unbounded preceding
        ) as {{ sum }},
        {% endfor %}
        grid.date_day
    from grid
    left join moved
        on
            grid.segment = moved.segment
            and grid.channel = moved.channel
            and grid.survey_type = moved.survey_type
            and grid.date_day = moved.step_date

)

select * from final
