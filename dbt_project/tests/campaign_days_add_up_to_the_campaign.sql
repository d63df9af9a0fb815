-- a member counts on one day only, so that days may be summed
with

days as (

    select
        campaign_id,
        sum(n_sends) as n_sends,
        sum(n_clicked_human) as n_clicked_human
    from {{ ref('campaign_days') }}
    group by campaign_id

),

sends as (

    select
        campaign_id,
        count(*) as n_sends,
        sum(case when was_clicked_human then 1 else 0 end) as n_clicked_human
    from {{ ref('email_sends') }}
    group by campaign_id

)

select sends.campaign_id
from sends
left join days on sends.campaign_id = days.campaign_id
where
    days.campaign_id is null
    or days.n_sends <> sends.n_sends
    or days.n_clicked_human <> sends.n_clicked_human
