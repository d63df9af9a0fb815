-- How far a month lies above those before it, in their standard deviations; a complaint counts against.
with

parts as (

    select
        *,
        round({{ share('amount', 'n') }}, 9) as rate
    from {{ ref('int_reputation__parts') }}

),

compared as (

    select
        parts.part,
        parts.part_month,
        parts.rate,
        earlier.rate as earlier_rate,
        row_number() over (partition by parts.part, parts.part_month order by earlier.part_month desc) as months_back
    from parts
    inner join parts as earlier on parts.part = earlier.part and earlier.part_month < parts.part_month

),

judged as (

    select
        compared.part,
        compared.part_month,
        max(compared.rate) as rate,
        sum(cast(compared.earlier_rate as decimal(18, 9))) as total,
        sum(cast(compared.earlier_rate * compared.earlier_rate as decimal(28, 12))) as squares,
        count(*) as n_months
    from compared
    cross join {{ ref('reputation_settings') }} as settings
    where compared.months_back <= settings.months_back
    group by compared.part, compared.part_month
    having count(*) >= max(settings.fewest_months)

),

spread as (

    select
        *,
        cast(total as double) / n_months as mean,
        sqrt(
            greatest(cast(squares as double) - power(cast(total as double), 2) / n_months, 0) / (n_months - 1)
        ) as deviation
    from judged

),

final as (

    select
        part,
        part_month,
        case when part = 'complaint' then -1 else 1 end
        * case when deviation > 0.000001 then round((rate - mean) / deviation, 6) end as z
    from spread

)

select * from final
