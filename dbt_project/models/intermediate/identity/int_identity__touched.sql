{% if is_whole_build() %}

select
    cast(null as {{ dbt.type_string() }}) as identifier_type,
    cast(null as {{ dbt.type_string() }}) as identifier_value,
    '{{ invocation_id }}' as build_id
where false

{% else %}

with

incoming as (

    select * from {{ ref('int_identity__incoming') }}

),

outgoing as (

    select * from {{ last_build('int_identity__sightings') }}
    where {{ in_touched_days('_day') }}

),

found as (

    select
        record_type as identifier_type,
        record_id as identifier_value
    from incoming
    union
    select
        identifier_type,
        identifier_value
    from incoming
    union
    select
        record_type as identifier_type,
        record_id as identifier_value
    from outgoing
    union
    select
        identifier_type,
        identifier_value
    from outgoing

),

-- what the last build found but did not live to finish
left_over as (

    select
        identifier_type,
        identifier_value
    from {{ last_build('int_identity__touched') }}
    where {{ is_left_over(last_identities()) }}

),

final as (

    select
        identifier_type,
        identifier_value,
        '{{ invocation_id }}' as build_id
    from (
        select * from found
        union
        {% if var('likely_people') %}
        select * from {{ ref('int_identity__likely_changes') }}
        union
        {% endif %}
        select * from left_over
    ) as touched

)

select * from final

{% endif %}
