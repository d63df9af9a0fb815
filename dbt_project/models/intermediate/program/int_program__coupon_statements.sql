{{ config(materialized='view') }}

with

statements as (

    select
        coupon_id,
        'issued' as statement,
        coupon_id as record_id,
        campaign_id,
        discount_code,
        currency,
        value,
        {{ files_identifier_type() }} as identifier_type,
        {{ files_identifier() }} as identifier_value,
        issued_at as happened_at
    from {{ ref('stg_files__coupons_issued') }}
    union all
    select
        coupon_id,
        'redeemed' as statement,
        redemption_id as record_id,
        {{ unsaid(['campaign_id', 'discount_code', 'currency']) }},
        cast(null as decimal(18, 4)) as value,
        {{ files_identifier_type() }} as identifier_type,
        {{ files_identifier() }} as identifier_value,
        redeemed_at as happened_at
    from {{ ref('stg_files__coupons_redeemed') }}

),

final as (

    select
        statements.coupon_id,
        statements.statement,
        statements.campaign_id,
        statements.discount_code,
        statements.currency,
        people.customer_id,
        statements.value,
        statements.happened_at,
        row_number() over (
            partition by statements.coupon_id, statements.statement
            order by statements.happened_at, statements.record_id
        ) as place
    from statements
    left join {{ ref('int_activity__people') }} as people
        on
            statements.identifier_type = people.identifier_type
            and statements.identifier_value = people.identifier_value
            and statements.happened_at >= people.valid_from
            and statements.happened_at < people.valid_to

)

select * from final
