-- The points of thinking along that are no single act: time, coming back to a piece, reading it to its end, help.
with

counts as (

    select
        customer_id,
        end_date,
        'engaged minutes' as measure,
        floor(engaged_time_in_s / 60.0) as n
    from {{ ref('int_side__points') }}
    union all
    select
        customer_id,
        end_date,
        'contents revisited' as measure,
        sum(case when n_days > 1 then 1 else 0 end) as n
    from {{ ref('int_side__readings') }}
    group by customer_id, end_date
    union all
    select
        customer_id,
        end_date,
        'contents read to the end' as measure,
        sum(case when is_read_complete then 1 else 0 end) as n
    from {{ ref('int_side__readings') }}
    group by customer_id, end_date
    union all
    select
        customer_id,
        end_date,
        concat('content type ', lower(content_type)) as measure,
        count(*) as n
    from {{ ref('int_side__readings') }}
    where content_type is not null
    group by customer_id, end_date, lower(content_type)

),

final as (

    select
        counts.customer_id,
        counts.end_date,
        sum(least(cast(counts.n as {{ dbt.type_int() }}), measures.most_counted) * measures.points) as points
    from counts
    inner join {{ ref('side_measures') }} as measures on counts.measure = measures.measure
    group by counts.customer_id, counts.end_date

)

select * from final
