-- What the CRM says that a property of a record ever was. It keeps the last values only: those once landed stay.
with

{% for entity, key, columns in [
    ('contact', 'contact_id', {'owners': 'owner_id', 'lifecycle_stages': 'lifecycle_stage'}),
    ('company', 'company_id', {'owners': 'owner_id', 'lifecycle_stages': 'lifecycle_stage'}),
    ('deal', 'deal_id', {'owners': 'owner_id', 'stages': 'stage'}),
] %}
{% for column, property in columns.items() %}
{{ entity }}_{{ column }} as (

    select
        '{{ entity }}' as object_type,
        {{ key }} as object_id,
        '{{ property }}' as property,
        {{ each_item(column) }} as change,
        {{ each_item(positions(column)) }} as place,
        day,
        _seq
    from {{ source('hubspot', entity ~ '_histories') }}

),
{% endfor %}
{% endfor %}

changes as (

    select * from contact_owners
    union all
    select * from contact_lifecycle_stages
    union all
    select * from company_owners
    union all
    select * from company_lifecycle_stages
    union all
    select * from deal_owners
    union all
    select * from deal_stages

),

-- the newest stands first: of two at one instant the first is what it became
ranked as (

    select
        changes.*,
        row_number() over (
            partition by changes.object_type, changes.object_id, changes.property, changes.change.changed_at
            order by changes.day desc, changes._seq desc, changes.place
        ) as change_rank
    from changes

),

final as (

    select
        ranked.object_type,
        ranked.object_id,
        ranked.property,
        nullif(ranked.change.value, '') as property_value,
        ranked.change.source_type as changed_by,
        {{ utc('ranked.change.changed_at') }} as changed_at,
        ranked.day as _day
    from ranked
    where ranked.change_rank = 1

)

select * from final
