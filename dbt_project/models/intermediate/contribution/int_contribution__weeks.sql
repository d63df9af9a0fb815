with

settings as (

    select * from {{ ref('contribution_settings') }}

),

known as (

    select min(kpi_date) as first_date
    from {{ ref('int_kpi__dates') }}

),

mondays as (

    select distinct cast({{ dbt.date_trunc('week', 'kpi_date') }} as date) as observed_on
    from {{ ref('int_kpi__dates') }}

),

spans as (

    select
        mondays.observed_on,
        cast({{ dbt.dateadd('day', 7, 'mondays.observed_on') }} as date) as week_to,
        cast({{ dbt.dateadd('day', '-settings.days_around', 'mondays.observed_on') }} as date) as before_from,
        cast({{ dbt.dateadd('day', 'settings.days_around + 7', 'mondays.observed_on') }} as date) as after_to,
        known.first_date,
        settings.n_weeks
    from mondays
    cross join settings
    cross join known

),

ranked as (

    select
        *,
        row_number() over (order by observed_on desc) as place
    from spans
    where before_from >= first_date and after_to <= {{ as_of() }}

),

final as (

    select
        observed_on,
        week_to,
        before_from,
        after_to
    from ranked
    where place <= n_weeks

)

select * from final
