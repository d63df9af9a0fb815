with

figures as (

    select * from {{ ref('int_survey__figures') }}

),

final as (

    select
        segment,
        survey_channel,
        100.0 * {{ share('nps_n_favourable - nps_n_unfavourable', 'nps_n') }} as nps,
        {{ promoter_bound('nps_n_favourable', 'nps_n_unfavourable', 'nps_n', -1) }} as nps_low,
        {{ promoter_bound('nps_n_favourable', 'nps_n_unfavourable', 'nps_n', 1) }} as nps_high,
        cast(nps_n as bigint) as nps_n,
        cast(nps_n_favourable as bigint) as nps_n_promoters,
        cast(nps_n_unfavourable as bigint) as nps_n_detractors,
        100.0 * {{ share('csat_n_favourable', 'csat_n') }} as csat,
        100.0 * {{ share_bound('csat_n_favourable', 'csat_n', -1) }} as csat_low,
        100.0 * {{ share_bound('csat_n_favourable', 'csat_n', 1) }} as csat_high,
        cast(csat_n as bigint) as csat_n,
        cast(csat_n_favourable as bigint) as csat_n_satisfied,
        round({{ share('ces_total', 'ces_n') }}, 9) as ces,
        {{ mean_bound('ces_total', 'ces_squares', 'ces_n', -1) }} as ces_low,
        {{ mean_bound('ces_total', 'ces_squares', 'ces_n', 1) }} as ces_high,
        cast(ces_n as bigint) as ces_n,
        cast(ces_n_favourable as bigint) as ces_n_easy,
        {{ share('ces_n_favourable', 'ces_n') }} as ces_easy_share,
        {{ share_bound('ces_n_favourable', 'ces_n', -1) }} as ces_easy_share_low,
        {{ share_bound('ces_n_favourable', 'ces_n', 1) }} as ces_easy_share_high,
        round({{ share('acsi_total', 'acsi_n') }}, 9) as acsi,
        {{ mean_bound('acsi_total', 'acsi_squares', 'acsi_n', -1) }} as acsi_low,
        {{ mean_bound('acsi_total', 'acsi_squares', 'acsi_n', 1) }} as acsi_high,
        round({{ share('acsi_weighted_total', 'acsi_n') }}, 9) as acsi_weighted,
        cast(acsi_n as bigint) as acsi_n,
        cast(intent_n as bigint) as loyalty_intent_n,
        cast(intent_n_favourable as bigint) as loyalty_intent_n_loyal,
        {{ share('intent_n_favourable', 'intent_n') }} as loyalty_intent_share,
        {{ share_bound('intent_n_favourable', 'intent_n', -1) }} as loyalty_intent_share_low,
        {{ share_bound('intent_n_favourable', 'intent_n', 1) }} as loyalty_intent_share_high,
        survey_date
    from figures

)

select * from final
