with

incumbent as (

    select distinct score_version
    from {{ ref('int_score__incumbent') }}

),

compared as (

    select
        intervals.*,
        case when intervals.outcome = 'churned' then -1 else 1 end as good_is,
        least(totals.n_customers_with_event, totals.n_customers_without) as n_fewest,
        totals.n_customers_with_event
    from {{ ref('int_validation__intervals') }} as intervals
    inner join {{ ref('int_validation__totals') }} as totals
        on
            intervals.predictor = totals.predictor
            and intervals.outcome = totals.outcome
            and intervals.segment = totals.segment
            and intervals.horizon_in_days = totals.horizon_in_days
    where intervals.predictor = 'score'

),

final as (

    select
        score_settings.score_version,
        incumbent.score_version as incumbent_version,
        compared.outcome,
        compared.segment,
        case
            when compared.n_fewest < settings.minimum_events or compared.ahead_of_incumbent is null
                then 'not enough events'
            when
                (compared.good_is = 1 and compared.ahead_of_incumbent_high < 0)
                or (compared.good_is = -1 and compared.ahead_of_incumbent_low > 0)
                then 'worse'
            when
                (compared.good_is = 1 and compared.ahead_of_incumbent_low > 0)
                or (compared.good_is = -1 and compared.ahead_of_incumbent_high < 0)
                then 'better'
            else 'no difference'
        end as verdict,
        cast(compared.horizon_in_days as {{ dbt.type_int() }}) as horizon_in_days,
        compared.reached,
        compared.reached - compared.ahead_of_incumbent as incumbent_reached,
        compared.ahead_of_incumbent,
        compared.ahead_of_incumbent_low,
        compared.ahead_of_incumbent_high,
        cast(compared.n_customers_with_event as bigint) as n_customers_with_event,
        compared.segment = 'all'
        and compared.outcome = settings.deciding_outcome
        and compared.horizon_in_days = settings.deciding_horizon_in_days as is_deciding,
        {{ as_of() }} as as_of_date
    from compared
    cross join incumbent
    cross join {{ ref('validation_settings') }} as settings
    cross join {{ ref('score_settings') }} as score_settings

)

select * from final
