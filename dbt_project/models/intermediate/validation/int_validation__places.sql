{{ config(materialized='view') }}

-- Where a predictor put a customer among the others of the segment on that Monday, above 0 and below 1; ties share it.
with

segmented as (

    select
        *,
        'all' as segment
    from {{ ref('int_validation__compared') }}
    union all
    select
        *,
        b2b_b2c as segment
    from {{ ref('int_validation__compared') }}
    union all
    select
        *,
        tenure_band as segment
    from {{ ref('int_validation__compared') }}

),

final as (

    select
        predictor,
        segment,
        customer_id,
        draw_group,
        {{ place_of('predicted', 'predictor, segment, observed_on') }} as place,
        observed_on
    from segmented

)

select * from final
