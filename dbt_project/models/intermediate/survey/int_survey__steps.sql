-- A respondent's latest answer counts from its day until the next one, or until the window has passed: what goes up on
-- one date and down on another; summed over the dates it gives the figures.
with

ratings as (

    select * from {{ ref('int_survey__ratings') }}

),

channels as (

    select
        *,
        'all' as channel
    from ratings
    union all
    select
        *,
        survey_channel as channel
    from ratings
    where survey_channel is not null

),

latest as (

    select
        *,
        cast(responded_at as date) as counts_from,
        row_number() over (
            partition by survey_type, channel, respondent_id, cast(responded_at as date)
            order by responded_at desc, response_id desc, question
        ) as place
    from channels

),

windows as (

    select window_in_days from {{ ref('survey_settings') }}

),

spans as (

    select
        latest.*,
        least(
            coalesce(
                lead(latest.counts_from) over (
                    partition by latest.survey_type, latest.channel, latest.respondent_id
                    order by latest.counts_from
                ), date '9999-01-01'
            ),
            cast({{ dbt.dateadd('day', 'windows.window_in_days', 'latest.counts_from') }} as date)
        ) as counts_until
    from latest
    cross join windows
    where latest.place = 1

),

segmented as (

    select
        spans.*,
        'all' as segment
    from spans
    union all
    select
        spans.*,
        customers.b2b_b2c as segment
    from spans
    inner join {{ ref('int_customer__customers') }} as customers on spans.customer_id = customers.customer_id

),

final as (

    {% for date, sign in [('counts_from', 1), ('counts_until', -1)] %}
    select
        segment,
        channel,
        survey_type,
        {{ sign }} * count(*) as n,
        {{ sign }} * sum(case when is_favourable then 1 else 0 end) as n_favourable,
        {{ sign }} * sum(case when is_unfavourable then 1 else 0 end) as n_unfavourable,
        {{ sign }} * sum(rating) as total,
        {{ sign }} * sum(cast(rating * rating as decimal(18, 6))) as squares,
        {{ sign }} * sum(weighted_rating) as weighted_total,
        {{ date }} as step_date
    from segmented
    group by segment, channel, survey_type, {{ date }}
    {{ 'union all' if not loop.last }}
    {% endfor %}

)

select * from final
