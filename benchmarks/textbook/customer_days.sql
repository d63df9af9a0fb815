-- Customer days straight from the acts: the daily cap by numbering every act, the 28 days by joining days to days.
with

acts as (

    select
        events.customer_id,
        events.activity,
        events.activity_date,
        events.engaged_time_in_s,
        types.channel,
        types.facet,
        types.dimension,
        types.party,
        types.mode,
        types.kind,
        types.weight,
        types.daily_cap,
        events.machine_reason is null as is_human,
        types.direction = 'outbound' as is_outbound,
        types.direction = 'inbound' and types.counts_as_active and events.machine_reason is null as counts,
        row_number() over (
            partition by events.customer_id, events.activity, events.activity_date, events.machine_reason is null
            order by events.ts
        ) as place
    from intermediate.int_activity__events as events
    inner join seeds.activity_types as types on events.activity = types.activity
    where events.customer_id is not null

),

days as (

    select
        customer_id,
        activity_date,
        count(*) filter (where counts) as n_activities,
        count(*) filter (where is_outbound and is_human) as n_outbound,
        count(*) filter (where not is_human) as n_machine,
        count(*) filter (where counts and channel = 'web') as n_web,
        count(*) filter (where counts and channel = 'email') as n_email,
        count(*) filter (where counts and channel = 'social') as n_social,
        count(*) filter (where counts and channel = 'crm') as n_crm,
        count(*) filter (where counts and facet = 'visit') as n_facet_visit,
        count(*) filter (where counts and facet = 'share') as n_facet_share,
        count(*) filter (where counts and facet = 'create') as n_facet_create,
        count(*) filter (where counts and facet = 'social') as n_facet_social,
        count(*) filter (where counts and facet = 'contact') as n_facet_contact,
        count(*) filter (where counts and dimension = 'cognitive') as n_cognitive,
        count(*) filter (where counts and dimension = 'emotional') as n_emotional,
        count(*) filter (where counts and dimension = 'behavioral') as n_behavioral,
        count(*) filter (where counts and party = 'c2c') as n_c2c,
        count(*) filter (where counts and party = 'c2b') as n_c2b,
        count(*) filter (where counts and party = 'c2brand') as n_c2brand,
        count(*) filter (where counts and mode = 'consume') as n_consume,
        count(*) filter (where counts and mode = 'participate') as n_participate,
        count(*) filter (where counts and kind = 'inquiry') as n_inquiries,
        count(*) filter (where counts and kind = 'purchase') as n_purchases,
        count(*) filter (where counts and kind = 'discussion') as n_discussions,
        count(*) filter (where counts and activity in ('liked_post', 'liked_share')) as n_likes,
        count(*) filter (where counts and activity = 'replied_to_post') as n_comments,
        count(*) filter (where counts and activity in ('shared_post', 'quoted_post', 'shared_share')) as n_shares,
        count(*) filter (where counts and activity = 'mentioned_brand') as n_mentions,
        sum(engaged_time_in_s) as engaged_time_in_s,
        sum(weight) filter (where is_human and place <= daily_cap) as points
    from acts
    group by all

),

bits as (

    select
        days.customer_id,
        days.activity_date,
        sum(power(2, days.activity_date - active.activity_date))::bigint as days_active_bits
    from days
    inner join days as active
        on
            days.customer_id = active.customer_id
            and active.n_activities > 0
            and active.activity_date between days.activity_date - 27 and days.activity_date
    group by all

)

select
    days.*,
    coalesce(bits.days_active_bits, 0) as days_active_bits,
    days.n_activities > 0 as is_active
from days
left join bits using (customer_id, activity_date)
