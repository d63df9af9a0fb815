{% set figures = [
    'views', 'readers', 'n_views_measured', 'n_read_complete', 'n_views_timed', 'timed_in_s', 'expected_in_s',
    'n_needs_met', 'comments', 'shares', 'n_assisted', 'n_first_readers', 'n_recalled'
] %}

with

read_days as (

    select
        readings.source_system,
        readings.content_id,
        readings.n_views as views,
        1 as readers,
        readings.n_views_measured,
        readings.n_read_complete,
        readings.n_views_timed,
        readings.timed_in_s,
        coalesce(cast(readings.n_views_timed * readings.expected_read_s as decimal(18, 3)), 0) as expected_in_s,
        case when asked.actor_id is null and not readings.is_searched_on then 1 else 0 end as n_needs_met,
        readings.view_date
    from {{ ref('int_content__readings') }} as readings
    left join {{ ref('int_content__asked') }} as asked
        on
            readings.actor_id = asked.actor_id
            and readings.content_id = asked.content_id
            and readings.source_system = asked.source_system
            and readings.view_date = asked.view_date

),

facts as (

    {% for relation, known in [
        ('read_days', figures[:8]),
        (ref('int_content__reactions'), ['comments', 'shares']),
        (ref('int_content__assists'), ['n_assisted']),
        (ref('int_content__recalls'), ['n_first_readers', 'n_recalled']),
    ] %}
    select
        source_system,
        content_id,
        {% for figure in figures %}
        {{ figure if figure in known else 0 }} as {{ figure }},
        {% endfor %}
        view_date
    from {{ relation }}
    {{ 'union all' if not loop.last }}
    {% endfor %}

),

final as (

    select
        source_system,
        content_id,
        {% for figure in figures %}
        cast(sum({{ figure }}) as {{ 'decimal(18, 3)' if figure in ['timed_in_s', 'expected_in_s'] else 'bigint' }})
            as {{ figure }},
        {% endfor %}
        view_date
    from facts
    where view_date < {{ as_of() }}
    group by source_system, content_id, view_date

)

select * from final
