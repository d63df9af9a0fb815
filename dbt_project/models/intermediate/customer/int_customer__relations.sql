with

members as (

    select
        people.customer_id,
        min(members.opted_in_at) as subscribed_at
    from {{ ref('stg_mailchimp__members') }} as members
    inner join {{ ref('int_identity__people') }} as people
        on members.member_id = people.identifier_value and people.identifier_type = 'mailchimp_member_id'
    where people.customer_id is not null
    group by people.customer_id

),

final as (

    select
        customer_id,
        cast(null as {{ dbt.type_string() }}) as consent_state,
        subscribed_at
    from members

)

select * from final
