-- How often somebody said what they feel, in which direction on the whole, and how strongly.
with

final as (

    select
        expressions.customer_id,
        dates.end_date,
        sum(expressions.n) as n_feelings,
        round({{ share('sum(expressions.n * expressions.valence)', 'sum(expressions.n)') }}, 6) as emotional_valence,
        round({{ share('sum(expressions.n * abs(expressions.valence))', 'sum(expressions.n)') }}, 6)
            as emotional_magnitude
    from {{ ref('int_side__expressions') }} as expressions
    inner join {{ ref('int_side__dates') }} as dates
        on expressions.expressed_on >= dates.first_date and expressions.expressed_on < dates.end_date
    where expressions.customer_id is not null
    group by expressions.customer_id, dates.end_date

)

select * from final
