with

spans as (

    select * from {{ ref('int_consent__spans') }}

),

-- who said anything about a scope at all: of the others nothing is known
said as (

    select distinct
        people.customer_id,
        changes.scope
    from {{ ref('int_consent__changes') }} as changes
    inner join {{ ref('int_identity__people') }} as people
        on
            changes.identifier_type = people.identifier_type
            and changes.identifier_value = people.identifier_value
    where people.customer_id is not null

),

standing as (

    select
        said.customer_id,
        said.scope,
        max(case when spans.granted_from < {{ as_of() }} and spans.granted_until >= {{ as_of() }} then 1 else 0 end)
            as is_granted
    from said
    left join spans on said.customer_id = spans.customer_id and said.scope = spans.scope
    group by said.customer_id, said.scope

),

final as (

    select
        {% for scope in ['email', 'sms', 'push'] %}
        max(case when scope = '{{ scope }}_marketing' then is_granted end) = 1 as has_{{ scope }}_consent,
        {% endfor %}
        customer_id
    from standing
    group by customer_id

)

select * from final
