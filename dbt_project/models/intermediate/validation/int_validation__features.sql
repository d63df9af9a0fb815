-- What each predictor said of a customer on a Monday, from what lies before it; null where it had nothing to say.
{% set predictors = {
    'score': 'coalesce(acts.raw_score, 0)',
    'incumbent': 'coalesce(acts.incumbent_raw_score, 0)',
    'recency': '-coalesce(acts.recency_in_days, 100000)',
    'orders': 'coalesce(orders.n_orders, 0)',
    'rfm': 'coalesce(orders.rfm, 0)',
    'nps': 'answers.nps',
    'csat': 'answers.csat',
    'ces': 'answers.ces',
    'acsi': 'answers.acsi',
    'advocacy': 'coalesce(acts.n_advocacy, 0)',
    'bonding': 'observations.tenure_in_days * coalesce(acts.n_active_days, 0) * (1 + coalesce(answers.mood, 0)) / 2',
    'usage': 'usage.score_usage',
    'sentiment': 'sentiments.score_sentiment',
    'involvement': 'involvement.score_involvement',
    'competitive': 'wallets.sow',
} %}
{% set elements = ['usage', 'sentiments', 'involvement', 'wallets'] %}

with

observations as (

    select * from {{ ref('int_validation__observations') }}

),

drawn as (

    select
        *,
        {{ dbt.hash("concat(customer_id, '#', cast(observed_on as varchar))") }} as lot
    from observations

),

valued as (

    {% for predictor, value in predictors.items() %}
    select
        observations.customer_id,
        observations.b2b_b2c,
        observations.tenure_band,
        observations.draw_group,
        observations.observed_on,
        '{{ predictor }}' as predictor,
        cast({{ value }} as double) as predicted
    from observations
    {% for rival in ['acts', 'orders', 'answers'] if rival ~ '.' in value %}
    left join {{ ref('int_validation__' ~ rival) }} as {{ rival }}
        on observations.customer_id = {{ rival }}.customer_id and observations.observed_on = {{ rival }}.observed_on
    {% endfor %}
    {% for element in elements if element ~ '.' in value %}
    inner join {{ ref('int_index__' ~ element) }} as {{ element }}
        on observations.customer_id = {{ element }}.customer_id and observations.observed_on = {{ element }}.told_on
    {% endfor %}
    {{ 'where ' ~ value ~ ' is not null' if 'coalesce' not in value }}
    {{ 'where exists (select 1 from ' ~ ref('int_score__incumbent') ~ ')' if predictor == 'incumbent' }}
    union all
    {% endfor %}
    select
        customer_id,
        b2b_b2c,
        tenure_band,
        draw_group,
        observed_on,
        'random' as predictor,
        cast(rank() over (order by lot) as double) as predicted
    from drawn

),

final as (

    select
        predictor,
        customer_id,
        b2b_b2c,
        tenure_band,
        draw_group,
        predicted,
        observed_on
    from valued

)

select * from final
