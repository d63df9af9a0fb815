-- the sum over customers and nobodies is the sum of sends: no mail counts twice, none is lost;
-- a mail of no campaign is in no campaign's sends
with

counted as (

    select
        campaign_id,
        count(*) as n_sends
    from {{ ref('email_sends') }}
    where {{ in_touched_days('sent_date') }}
    group by campaign_id

),

sent as (

    select
        campaign_id,
        count(distinct identifier_value) as n_sends
    from {{ ref('int_activity__events') }}
    where activity = 'was_sent_email' and campaign_id is not null and {{ in_touched_days('activity_date') }}
    group by campaign_id

)

select
    sent.campaign_id,
    sent.n_sends,
    counted.n_sends as n_counted
from sent
left join counted on sent.campaign_id = counted.campaign_id
where coalesce(counted.n_sends, 0) <> sent.n_sends
