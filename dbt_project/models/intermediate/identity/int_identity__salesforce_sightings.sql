{{ config(materialized='view') }}

with

contacts as (

    select * from {{ ref('stg_salesforce__contact_days') }}

),

leads as (

    select * from {{ ref('stg_salesforce__lead_days') }}

),

seen as (

    {% for relation, rule, record_id, identifier_type, identifier, seen_at, said_by in [
        ('contacts', 'record', 'contact_id', 'salesforce_contact_id', 'contact_id', 'created_at', 'contact_id'),
        ('contacts', 'salesforce_contact_email', 'contact_id', 'email', 'email_digest', 'modified_at', 'contact_id'),
        ('contacts', 'contact_phone', 'contact_id', 'phone', 'phone_digest', 'modified_at', 'contact_id'),
        ('contacts', 'contact_phone', 'contact_id', 'phone', 'mobile_phone_digest', 'modified_at', 'contact_id'),
        ('contacts', 'salesforce_contact_merge', 'master_contact_id', 'salesforce_contact_id', 'contact_id',
         'modified_at', 'contact_id'),
        ('leads', 'record', 'lead_id', 'salesforce_lead_id', 'lead_id', 'created_at', 'lead_id'),
        ('leads', 'salesforce_lead_email', 'lead_id', 'email', 'email_digest', 'modified_at', 'lead_id'),
        ('leads', 'contact_phone', 'lead_id', 'phone', 'phone_digest', 'modified_at', 'lead_id'),
        ('leads', 'salesforce_lead_merge', 'master_lead_id', 'salesforce_lead_id', 'lead_id', 'modified_at', 'lead_id'),
        ('leads', 'salesforce_lead_conversion', 'lead_id', 'salesforce_contact_id', 'converted_contact_id',
         'modified_at', 'lead_id'),
    ] %}
    select
        'salesforce_{{ said_by }}' as record_type,
        {{ record_id }} as record_id,
        '{{ rule }}' as rule,
        '{{ identifier_type }}' as identifier_type,
        {{ identifier }} as identifier_value,
        {{ 'email_exclusion' if identifier == 'email_digest' else 'null' }} as exclusion,
        {{ seen_at }} as seen_at,
        _day,
        {{ dbt.concat(["'salesforce/" ~ relation ~ "/'", said_by]) }} as statement_id
    from {{ relation }}
    {% if not loop.last %}union all{% endif %}
    {% endfor %}

),

final as (

    select
        'salesforce' as source_system,
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
    where identifier_value <> '' and record_id <> ''

)

select distinct * from final
