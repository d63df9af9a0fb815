-- What a reputation is told by, month by month: a sum over a count. Months that are not over are left out.
with

rating as (

    select
        rating as amount,
        1 as n,
        cast(responded_at as date) as part_date
    from {{ ref('int_survey__ratings') }}
    where survey_type = 'CSAT'

),

sentiment as (

    select
        case
            when statements.sentiment >= settings.positive_from then 1
            when statements.sentiment <= settings.negative_to then -1
            else 0
        end as amount,
        1 as n,
        statements.contact_date as part_date
    from {{ ref('int_voice__statements') }} as statements
    cross join {{ ref('voice_settings') }} as settings
    where statements.sentiment is not null

),

response as (

    select
        n_awaiting - n_sla_breached as amount,
        n_awaiting as n,
        contact_date as part_date
    from {{ ref('int_service__counts') }}
    where contact_channel = 'all' and n_awaiting > 0

),

-- of how many customers: those active in the four weeks up to the last day of a month that tickets cover from its first
complaint as (

    select
        0 as amount,
        days.active_customers_28d as n,
        days.kpi_date as part_date
    from {{ ref('int_kpi__days') }} as days
    inner join {{ ref('int_service__covered_days') }} as covered
        on
            covered.contact_channel = 'ticket'
            and covered.date_day = cast({{ dbt.date_trunc('month', 'days.kpi_date') }} as date)
    where days.segment = 'all' and days.kpi_date = {{ dbt.last_day('days.kpi_date', 'month') }}
    union all
    select
        n_inbound as amount,
        0 as n,
        contact_date as part_date
    from {{ ref('int_service__counts') }}
    where contact_channel = 'ticket'
    union all
    select
        n as amount,
        0 as n,
        trust_month as part_date
    from {{ ref('int_voice__trust') }}
    where what = 'n_spam_complaints'

),

told as (

    {% for part in ('rating', 'sentiment', 'response', 'complaint') %}
    select
        *,
        '{{ part }}' as part
    from {{ part }}
    {{ 'union all' if not loop.last }}
    {% endfor %}

),

final as (

    select
        part,
        sum(cast(amount as decimal(18, 6))) as amount,
        sum(n) as n,
        cast({{ dbt.date_trunc('month', 'part_date') }} as date) as part_month
    from told
    where {{ dbt.dateadd('month', 1, dbt.date_trunc('month', 'part_date')) }} <= {{ as_of() }}
    group by part, {{ dbt.date_trunc('month', 'part_date') }}
    having sum(n) > 0

)

select * from final
