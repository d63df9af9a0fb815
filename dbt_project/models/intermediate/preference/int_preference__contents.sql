-- The kind of content that a customer comes to most, by the days on which a piece of it was seen.
with

ranked as (

    select
        readings.customer_id,
        readings.content_type,
        row_number() over (
            partition by readings.customer_id
            order by sum(readings.n_days) desc, readings.content_type
        ) as place
    from {{ ref('int_side__readings') }} as readings
    inner join {{ ref('int_side__dates') }} as dates on readings.end_date = dates.end_date
    where dates.is_now and readings.content_type is not null
    group by readings.customer_id, readings.content_type

),

final as (

    select
        customer_id,
        content_type as pref_content_type
    from ranked
    where place = 1

)

select * from final
