-- From when to when a contact, a lead or a company had which owner, as the CRM told it or as it was seen.
with

statements as (

    select * from {{ ref('int_account__hubspot_owners') }}
    union all
    {% for relation, object_type, object_id in [
        ('stg_salesforce__contact_statements', 'contact', 'contact_id'),
        ('stg_salesforce__lead_statements', 'lead', 'lead_id'),
        ('stg_salesforce__account_statements', 'company', 'account_id'),
    ] %}
    select
        '{{ object_type }}' as object_type,
        {{ object_id }} as object_id,
        owner_id,
        created_at,
        modified_at,
        _day
    from {{ ref(relation) }}
    {% if not loop.last %}union all{% endif %}
    {% endfor %}

),

{{ spells('owner_id') }}

select * from final
