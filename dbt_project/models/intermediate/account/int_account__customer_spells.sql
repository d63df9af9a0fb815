-- A customer may be several contacts: at each instant that contact speaks whose owner, or company, came last.
with

people as (

    select
        case when identifier_type = 'salesforce_lead_id' then 'lead' else 'contact' end as object_type,
        identifier_value as object_id,
        customer_id
    from {{ ref('int_identity__people') }}
    where
        identifier_type in ('hubspot_contact_id', 'salesforce_contact_id', 'salesforce_lead_id')
        and customer_id is not null

),

told as (

    {% for relation, value in [
        ('int_account__owner_spells', 'owner_id'),
        ('int_account__company_spells', 'company_id'),
    ] %}
    select
        '{{ value }}' as subject,
        people.customer_id,
        spells.object_id,
        spells.{{ value }} as told_value,
        spells.valid_from,
        coalesce(spells.valid_to, {{ always_to() }}) as valid_to
    from {{ ref(relation) }} as spells
    inner join people on spells.object_type = people.object_type and spells.object_id = people.object_id
    where spells.{{ value }} <> '' and spells.valid_from is not null
    {{ 'union all' if not loop.last }}
    {% endfor %}

),

turns as (

    select
        customer_id,
        valid_from as turned_at
    from told
    union
    select
        customer_id,
        valid_to as turned_at
    from told

),

standing as (

    select
        turns.customer_id,
        turns.turned_at,
        told.subject,
        told.told_value,
        row_number() over (
            partition by turns.customer_id, turns.turned_at, told.subject
            order by told.valid_from desc, told.object_id, told.told_value
        ) as place
    from turns
    left join told
        on
            turns.customer_id = told.customer_id
            and turns.turned_at >= told.valid_from
            and turns.turned_at < told.valid_to

),

final as (

    select
        customer_id,
        max(case when subject = 'owner_id' then told_value end) as owner_id,
        max(case when subject = 'company_id' then told_value end) as account_id,
        turned_at as valid_from,
        lead(turned_at) over (
            partition by customer_id
            order by turned_at
        ) as valid_to
    from standing
    where place = 1
    group by customer_id, turned_at

)

select * from final
where valid_to is not null
