-- Share of wallet by the best evidence there is: what the customer says of it, the company's rank among the brands that
-- they use (the wallet allocation rule, Keiningham 2011), or else how many decided deals were won, of people of
-- companies only: a shop's orders are nobody's to lose.
with

settings as (

    select * from {{ ref('index_settings') }}

),

moments as (

    select * from {{ ref('int_index__moments') }}

),

answers as (

    select
        responses.response_id,
        max(responses.customer_id) as customer_id,
        max(case when responses.question = 'share' then responses.score end) as told_share,
        max(case when responses.question = 'rank' then responses.score end) as brand_rank,
        max(case when responses.question = 'brands' then responses.score end) as n_brands,
        max(responses.responded_at) as responded_at,
        moments.told_on
    from {{ ref('int_survey__responses') }} as responses
    inner join moments
        on
            responses.customer_id = moments.customer_id
            and responses.responded_at < cast(moments.told_on as {{ dbt.type_timestamp() }})
    cross join settings
    where
        responses.survey_type = 'SHARE_OF_WALLET' and responses.is_on_scale
        and responses.responded_at >= {{ dbt.dateadd('day', '-settings.window_in_days', 'moments.told_on') }}
    group by responses.response_id, moments.told_on

),

ranked as (

    select
        *,
        row_number() over (partition by customer_id, told_on order by responded_at desc, response_id desc) as place
    from answers
    where told_share is not null or brand_rank between 1 and n_brands

),

deals as (

    select
        deals.customer_id,
        moments.told_on,
        count(*) as n_closed_deals,
        sum(case when deals.is_won then 1 else 0 end) as n_won_deals
    from {{ ref('int_index__closed_deals') }} as deals
    inner join moments
        on
            deals.customer_id = moments.customer_id
            and moments.b2b_b2c = 'b2b'
            and deals.closed_at < cast(moments.told_on as {{ dbt.type_timestamp() }})
    cross join settings
    where deals.closed_at >= {{ dbt.dateadd('day', '-settings.window_in_days', 'moments.told_on') }}
    group by deals.customer_id, moments.told_on
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
        cast(deals.n_closed_deals as bigint) as n_closed_deals,
        coalesce(latest.told_on, deals.told_on) as told_on
    from latest
    full join deals on latest.customer_id = deals.customer_id and latest.told_on = deals.told_on

)

select * from final
