{{ config(materialized='view') }}

with

touches as (

    select
        customer_id,
        split_part(split_part(first_touch_content_id, '?', 1), '#', 1) as content_id
    from {{ ref('int_customer__touches') }}

),

final as (

    select
        touches.customer_id,
        pieces.content_type as first_touch_content_type
    from touches
    inner join {{ ref('int_content__pieces') }} as pieces on touches.content_id = pieces.content_id

)

select * from final
