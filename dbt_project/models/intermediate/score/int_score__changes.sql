-- The change of a raw score as one sentence: whole points that add up, gains first, what is too small as the rest.
with

parts as (

    select * from {{ ref('int_score__parts') }}

),

ranked as (

    select
        *,
        cast(round(change) as {{ dbt.type_int() }}) as whole_points,
        row_number() over (partition by customer_id order by abs(change) desc, part) as place
    from parts

),

named as (

    select
        ranked.*,
        ranked.place <= settings.named_changes and ranked.whole_points <> 0 as is_named
    from ranked
    cross join {{ ref('score_settings') }} as settings

),

rests as (

    select
        customer_id,
        cast(round(sum(change)) as {{ dbt.type_int() }})
        - sum(case when is_named then whole_points else 0 end) as whole_points
    from named
    group by customer_id

),

lines as (

    select
        customer_id,
        phrase,
        whole_points,
        case when whole_points > 0 then place else place + 1000 end as place
    from named
    where is_named
    union all
    select
        customer_id,
        'other' as phrase,
        whole_points,
        10000 as place
    from rests
    where whole_points <> 0

),

worded as (

    select
        customer_id,
        place,
        concat(
            case when whole_points > 0 then '+' else '−' end,
            cast(abs(whole_points) as {{ dbt.type_string() }}), ': ', phrase
        ) as line
    from lines

),

sentences as (

    select
        customer_id,
        {{ dbt.listagg('line', "'; '", 'order by place') }} as score_change
    from worded
    group by customer_id

),

final as (

    select
        rests.customer_id,
        coalesce(sentences.score_change, '0: no change') as score_change
    from rests
    left join sentences on rests.customer_id = sentences.customer_id

)

select * from final
