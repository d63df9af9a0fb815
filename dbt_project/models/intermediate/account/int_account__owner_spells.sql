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

-- two statements of one instant: the later landed one counts
instants as (

    select
        *,
        row_number() over (
            partition by object_type, object_id, modified_at
            order by _day desc, owner_id
        ) as statement_rank
    from statements

),

compared as (

    select
        *,
        row_number() over (
            partition by object_type, object_id
            order by modified_at
        ) as statement_number,
        lag(coalesce(owner_id, '')) over (
            partition by object_type, object_id
            order by modified_at
        ) as previous_owner_id
    from instants
    where statement_rank = 1

),

changes as (

    select
        object_type,
        object_id,
        owner_id,
        statement_number > 1 as is_start_observed,
        case when statement_number > 1 then modified_at else created_at end as valid_from
    from compared
    where statement_number = 1 or coalesce(owner_id, '') <> previous_owner_id

),

final as (

    select
        object_type,
        object_id,
        owner_id,
        is_start_observed,
        valid_from,
        lead(valid_from) over (
            partition by object_type, object_id
            order by valid_from
        ) as valid_to
    from changes

)

select * from final
