{{ config(materialized='view') }}

-- A share of wallet as a customer told it: as such, or as the company's rank among the brands that they use (the wallet
-- allocation rule, Keiningham 2011).
with

answers as (

    select
        response_id,
        max(customer_id) as customer_id,
        max(case when question = 'share' then score end) as told_share,
        max(case when question = 'rank' then score end) as brand_rank,
        max(case when question = 'brands' then score end) as n_brands,
        max(responded_at) as responded_at
    from {{ ref('int_survey__responses') }}
    where survey_type = 'SHARE_OF_WALLET' and is_on_scale and customer_id is not null
    group by response_id

),

final as (

    select
        response_id,
        customer_id,
        case when told_share is not null then 'stated_share' else 'wallet_allocation_rule' end as sow_method,
        round(coalesce(told_share / 100, (1 - brand_rank / (n_brands + 1)) * 2 / n_brands), 9) as sow,
        responded_at
    from answers
    where told_share is not null or brand_rank between 1 and n_brands

)

select * from final
