with

contributions as (

    select * from {{ ref('int_score__contributions') }}
    where as_of_date = {{ as_of() }} and points > 0

),

ranked as (

    select
        *,
        row_number() over (partition by customer_id order by points desc, activity) as place
    from contributions

),

lines as (

    select
        customer_id,
        place,
        concat(
            replace(activity, '_', ' '), ' ×', cast(n_counted as {{ dbt.type_string() }}), ' (',
            cast(cast(round(100 * points_share) as {{ dbt.type_int() }}) as {{ dbt.type_string() }}), ' %)'
        ) as reason
    from ranked
    where place <= 3

),

reasons as (

    select
        customer_id,
        concat(
            max(case when place = 1 then reason end),
            coalesce(max(case when place = 2 then concat(', ', reason) end), ''),
            coalesce(max(case when place = 3 then concat(', ', reason) end), '')
        ) as reasons
    from lines
    group by customer_id

),

final as (

    select
        scores.*,
        reasons.reasons
    from {{ ref('int_score__scores') }} as scores
    left join reasons on scores.customer_id = reasons.customer_id
    where scores.as_of_date = {{ as_of() }}

)

select * from final
