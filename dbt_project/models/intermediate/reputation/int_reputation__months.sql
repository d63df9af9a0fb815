with

parts as (

    select * from {{ ref('int_reputation__parts') }}

),

places as (

    select * from {{ ref('int_reputation__places') }}

),

final as (

    select
        {% for part in ('rating', 'sentiment', 'response', 'complaint') %}
        max(case when parts.part = '{{ part }}' then parts.amount end) as {{ part }}_amount,
        max(case when parts.part = '{{ part }}' then parts.n end) as {{ part }}_n,
        max(case when parts.part = '{{ part }}' then places.z end) as {{ part }}_z,
        {% endfor %}
        count(places.z) as n_parts,
        sum(cast(places.z as decimal(18, 6))) as total_z,
        parts.part_month
    from parts
    left join places on parts.part = places.part and parts.part_month = places.part_month
    group by parts.part_month

)

select * from final
