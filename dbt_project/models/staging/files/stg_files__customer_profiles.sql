with

statements as (

    select
        'orders' as entity,
        loyalty_id,
        email,
        email_digest,
        phone,
        ordered_at as modified_at,
        _seq,
        day
    from {{ source('files', 'orders') }}
    union all
    select
        'loyalty_points' as entity,
        loyalty_id,
        email,
        email_digest,
        phone,
        booked_at as modified_at,
        _seq,
        day
    from {{ source('files', 'loyalty_points') }}

),

buyers as (

    select
        entity,
        case
            when nullif(trim(loyalty_id), '') is null then 'files_customer_id' else 'loyalty_id'
        end as identifier_type,
        coalesce(nullif(trim(loyalty_id), ''), email_digest) as identifier_value,
        email,
        phone,
        modified_at,
        _seq,
        day
    from statements
    where email_digest <> '' and {{ exclusion_of_email('email') }} is null

),

latest as (

    {{ latest_statement('buyers', ['identifier_type', 'identifier_value'], 'modified_at') }}

),

final as (

    select
        identifier_type,
        identifier_value,
        email,
        phone,
        {{ utc('modified_at') }} as modified_at,
        day as _day
    from latest

)

select * from final
