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
        customer_id,
        status,
        row_number() over (partition by customer_id order by status_at desc, consent_id) as recency
    from {{ ref('consents') }}
    where is_current

),

final as (

    select
        coalesce(last_words.customer_id, opt_ins.customer_id) as customer_id,
        last_words.status as consent_state,
        opt_ins.subscribed_at
    from opt_ins
    full join last_words
        on opt_ins.customer_id = last_words.customer_id and last_words.recency = 1
    where coalesce(last_words.recency, 1) = 1

)

select * from final
