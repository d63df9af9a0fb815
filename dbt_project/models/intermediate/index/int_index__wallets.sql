-- Share of wallet by the best evidence there is: what the customer last told of it, or else how many decided deals were
-- won, of people of companies only: a shop's orders are nobody's to lose.
with

settings as (

    select * from {{ ref('index_settings') }}

),

moments as (

    select * from {{ ref('int_index__moments') }}

),

ranked as (

    select
        wallets.*,
        moments.told_on,
        row_number() over (
            partition by wallets.customer_id, moments.told_on
            order by wallets.responded_at desc, wallets.response_id desc
        ) as place
    from {{ ref('int_survey__wallets') }} as wallets
    inner join moments
        on
            wallets.customer_id = moments.customer_id
            and wallets.responded_at < cast(moments.told_on as {{ dbt.type_timestamp() }})
    cross join settings
    where wallets.responded_at >= {{ dbt.dateadd('day', '-settings.window_in_days', 'moments.told_on') }}

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
        coalesce(latest.sow_method, 'deals_won') as sow_method,
        coalesce(latest.sow, round({{ share('deals.n_won_deals', 'deals.n_closed_deals') }}, 9)) as sow,
        cast(deals.n_won_deals as bigint) as n_won_deals,
        cast(deals.n_closed_deals as bigint) as n_closed_deals,
        coalesce(latest.told_on, deals.told_on) as told_on
    from latest
    full join deals on latest.customer_id = deals.customer_id and latest.told_on = deals.told_on

)

select * from final
