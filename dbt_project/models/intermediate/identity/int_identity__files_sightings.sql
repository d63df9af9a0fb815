{{ config(materialized='view') }}

with

-- loyalty members, and buyers without a membership under their address
people as (

    select
        {{ files_identifier_type() }} as record_type,
        {{ files_identifier() }} as record_id,
        email_digest,
        email_exclusion,
        seen_at,
        statement_id,
        _day
    from {{ ref('stg_files__people_days') }}
    where loyalty_id is not null or (email_digest is not null and email_exclusion is null)

),

seen as (

    select
        record_type,
        record_id,
        'record' as rule,
        record_type as identifier_type,
        record_id as identifier_value,
        cast(null as {{ dbt.type_string() }}) as exclusion,
        seen_at,
        statement_id,
        _day
    from people
    union all
    select
        record_type,
        record_id,
        case when record_type = 'loyalty_id' then 'loyalty_email' else 'buyer_email' end as rule,
        'email' as identifier_type,
        email_digest as identifier_value,
        email_exclusion as exclusion,
        seen_at,
        statement_id,
        _day
    from people

),

final as (

    select
        'files' as source_system,
        record_type,
        record_id,
        rule,
        identifier_type,
        identifier_value,
        exclusion,
        seen_at,
        seen_at as seen_until,
        _day,
        statement_id
    from seen
    where identifier_value <> ''

)

select * from final
