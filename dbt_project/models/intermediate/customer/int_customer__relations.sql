with

people as (

    select
        identifier_value as member_id,
        customer_id
    from {{ ref('int_identity__people') }}
    where identifier_type = 'mailchimp_member_id' and customer_id is not null

),

opt_ins as (

    select
        people.customer_id,
        min(members.opted_in_at) as subscribed_at
    from {{ ref('stg_mailchimp__members') }} as members
    inner join people on members.member_id = people.member_id
    group by people.customer_id

),

-- the last word counts, wherever it was said
last_words as (

    select
        speakers.customer_id,
        changes.status,
        row_number() over (
            partition by speakers.customer_id
            order by changes.status_at desc, changes.source_system, changes.identifier_value, changes.list_id
        ) as recency
    from {{ ref('int_consent__changes') }} as changes
    inner join {{ ref('int_identity__people') }} as speakers
        on
            changes.identifier_type = speakers.identifier_type
            and changes.identifier_value = speakers.identifier_value
    where speakers.customer_id is not null and changes.scope = 'email_marketing'

),

latest as (

    select * from last_words
    where recency = 1

),

final as (

    select
        coalesce(latest.customer_id, opt_ins.customer_id) as customer_id,
        latest.status as consent_state,
        opt_ins.subscribed_at
    from opt_ins
    full join latest on opt_ins.customer_id = latest.customer_id

)

select * from final
