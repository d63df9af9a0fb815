with

sends as (

    select
        sends.*,
        customers.b2b_b2c
    from {{ ref('int_pressure__ordinals') }} as sends
    left join {{ ref('int_customer__customers') }} as customers on sends.customer_id = customers.customer_id

),

segmented as (

    select
        b2b_b2c as segment,
        *
    from sends
    where b2b_b2c is not null
    union all
    select
        'all' as segment,
        *
    from sends

),

counts as (

    select
        segment,
        ordinal,
        count(*) as n_sends,
        sum(case when was_clicked_human then 1 else 0 end) as n_clicked_human,
        sum(case when was_unsubscribed then 1 else 0 end) as n_unsubscribed
    from segmented
    group by segment, ordinal

),

-- least squares of clicked (0 or 1) by the ordinal, from whole numbers
moments as (

    select
        segment,
        sum(n_sends) as n,
        sum(n_sends * ordinal) as x,
        sum(n_sends * ordinal * ordinal) as xx,
        sum(n_clicked_human) as y,
        sum(n_clicked_human * ordinal) as xy
    from counts
    group by segment

),

final as (

    select
        counts.segment,
        counts.ordinal,
        cast(counts.n_sends as bigint) as n_sends,
        cast(counts.n_clicked_human as bigint) as n_clicked_human,
        {{ share('counts.n_clicked_human', 'counts.n_sends') }} as marginal_ctr,
        cast(counts.n_unsubscribed as bigint) as n_unsubscribed,
        {{ share('1000 * counts.n_unsubscribed', 'counts.n_sends') }} as unsubscribes_per_1000_sends,
        {{ share(
            '(moments.n * moments.xy - moments.x * moments.y)', '(moments.n * moments.xx - moments.x * moments.x)'
        ) }} as fatigue_slope
    from counts
    inner join moments on counts.segment = moments.segment

)

select * from final
