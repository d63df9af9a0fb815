with

standings as (

    select * from {{ ref('int_survey__standings') }}

),

pivoted as (

    select
        segment,
        channel as survey_channel,
        {% for survey, name in [
            ('NPS', 'nps'), ('CSAT', 'csat'), ('CES', 'ces'), ('ACSI', 'acsi'), ('REPURCHASE_INTENT', 'intent')
        ] %}
        max(case when survey_type = '{{ survey }}' then n end) as {{ name }}_n,
        max(case when survey_type = '{{ survey }}' then n_favourable end) as {{ name }}_n_favourable,
        max(case when survey_type = '{{ survey }}' then n_unfavourable end) as {{ name }}_n_unfavourable,
        max(case when survey_type = '{{ survey }}' then total end) as {{ name }}_total,
        max(case when survey_type = '{{ survey }}' then squares end) as {{ name }}_squares,
        {% endfor %}
        max(case when survey_type = 'ACSI' then weighted_total end) as acsi_weighted_total,
        date_day as survey_date
    from standings
    group by segment, channel, date_day

),

final as (

    select
        pivoted.*,
        settings.interval_z
    from pivoted
    cross join {{ ref('survey_settings') }} as settings

)

select * from final
