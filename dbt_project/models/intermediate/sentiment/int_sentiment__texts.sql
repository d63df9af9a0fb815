{{ config(materialized='view') }}

with

ranked as (

    select
        *,
        row_number() over (partition by source_record_id order by _day desc) as recency
    from {{ ref('int_sentiment__statements') }}

),

final as (

    select
        source_record_id,
        language,
        topic,
        sentiment
    from ranked
    where recency = 1

)

select * from final
