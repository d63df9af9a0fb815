-- What a customer answered last in the horizon that began a lead after each Monday; null where there was no answer.
with

answers as (

    select
        survey_response_id as answer_id,
        customer_id,
        survey_type,
        score,
        responded_at
    from {{ ref('int_survey__responses') }}
    where customer_id is not null and is_on_scale and survey_type in ('CSAT', 'NPS')
    union all
    select
        response_id as answer_id,
        customer_id,
        'SHARE_OF_WALLET' as survey_type,
        100 * sow as score,
        responded_at
    from {{ ref('int_survey__wallets') }}

),

ranked as (

    select
        observations.customer_id,
        observations.observed_on,
        grid.horizon_in_days,
        answers.survey_type,
        answers.score,
        row_number() over (
            partition by
                observations.customer_id, observations.observed_on, grid.horizon_in_days, answers.survey_type
            order by answers.responded_at desc, answers.answer_id
        ) as place
    from {{ ref('int_validation__observations') }} as observations
    inner join {{ ref('int_validation__grid') }} as grid on observations.observed_on = grid.observed_on
    inner join answers
        on
            observations.customer_id = answers.customer_id
            and answers.responded_at >= cast(grid.outcome_from as {{ dbt.type_timestamp() }})
            and answers.responded_at < cast(grid.outcome_to as {{ dbt.type_timestamp() }})

),

final as (

    select
        customer_id,
        observed_on,
        horizon_in_days,
        max(case when survey_type = 'CSAT' then case when score >= 4 then 1 else 0 end end) as satisfied,
        max(case when survey_type = 'NPS' then case when score >= 9 then 1 else 0 end end) as promoter,
        max(case when survey_type = 'NPS' then case when score <= 6 then 1 else 0 end end) as detractor,
        max(case when survey_type = 'SHARE_OF_WALLET' then cast(score as decimal(9, 4)) end) as share_of_wallet
    from ranked
    where place = 1
    group by customer_id, observed_on, horizon_in_days

)

select * from final
