-- Share of wallet by the best evidence there is: what the customer says of it, the company's rank among the brands that
-- they use (the wallet allocation rule, Keiningham 2011), or else how many decided deals were won, of people of
-- companies only: a shop's orders are nobody's to lose.
with

settings as (

    select * from {{ ref('index_settings') }}

),

answers as (

    select
        responses.response_id,
        max(responses.customer_id) as customer_id,
        max(case when responses.question = 'share' then responses.score end) as told_share,
        max(case when responses.question = 'rank' then responses.score end) as brand_rank,
        max(case when responses.question = 'brands' then responses.score end) as n_brands,
        max(responses.responded_at) as responded_at
    from {{ ref('int_survey__responses') }} as responses
    cross join settings
    where
        responses.survey_type = 'SHARE_OF_WALLET' and responses.is_on_scale and responses.customer_id is not null
        and responses.responded_at < cast({{ as_of() }} as {{ dbt.type_timestamp() }})
        and responses.responded_at >= {{ dbt.dateadd('day', '-settings.window_in_days', as_of()) }}
    group by responses.response_id

),

ranked as (

    select
        *,
        row_number() over (partition by customer_id order by responded_at desc, response_id desc) as place
    from answers
    where told_share is not null or brand_rank between 1 and n_brands

),

deals as (

    select
        deals.customer_id,
        count(*) as n_closed_deals,
        sum(case when deals.is_won then 1 else 0 end) as n_won_deals
    from {{ ref('int_index__closed_deals') }} as deals
    inner join {{ ref('int_customer__customers') }} as customers
        on deals.customer_id = customers.customer_id and customers.b2b_b2c = 'b2b'
    cross join settings
    where
        deals.closed_at < cast({{ as_of() }} as {{ dbt.type_timestamp() }})
        and deals.closed_at >= {{ dbt.dateadd('day', '-settings.window_in_days', as_of()) }}
    group by deals.customer_id
    having count(*) >= max(settings.minimum_closed_deals)

),

latest as (

    select * from ranked
    where place = 1

),

final as (

    select
        coalesce(latest.customer_id, deals.customer_id) as customer_id,
        case
            when latest.told_share is not null then 'stated_share'
            when latest.customer_id is not null then 'wallet_allocation_rule'
            else 'deals_won'
        end as sow_method,
        round(coalesce(
            latest.told_share / 100,
            (1 - latest.brand_rank / (latest.n_brands + 1)) * 2 / latest.n_brands,
            {{ share('deals.n_won_deals', 'deals.n_closed_deals') }}
        ), 9) as sow,
        cast(deals.n_won_deals as bigint) as n_won_deals,
        cast(deals.n_closed_deals as bigint) as n_closed_deals
    from latest
    full join deals on latest.customer_id = deals.customer_id

)

select * from final
