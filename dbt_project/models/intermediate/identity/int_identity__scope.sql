-- Whom this build stitches anew: what was touched, who shares an identifier with it, and all who hung together with one
-- of them; then the devices and phones that follow them. Nobody else can have changed.
{% if is_whole_build() %}

select * from {{ ref('int_identity__touched') }}

{% else %}

with

sightings as (

    select * from {{ ref('int_identity__current') }}

),

linking as (

    select * from sightings
    where rule in (select rules.rule from {{ ref('identity_rules') }} as rules where rules.is_link)

),

members as (

    select * from {{ last_build('int_identity__members') }}

),

touched as (

    select
        identifier_type,
        identifier_value
    from {{ ref('int_identity__touched') }}

),

identifiers as (

    select * from touched
    union
    select
        identifier_type,
        identifier_value
    from linking
    where (record_type, record_id) in (select * from touched)

),

reached as (

    select * from identifiers
    union
    select
        record_type as identifier_type,
        record_id as identifier_value
    from linking
    where (identifier_type, identifier_value) in (select * from identifiers)

),

together as (

    select * from reached
    union
    select
        identifier_type,
        identifier_value
    from members
    where component_id in (
        select origins.component_id
        from members as origins
        where (origins.identifier_type, origins.identifier_value) in (select * from reached)
    )

),

final as (

    select * from together
    union
    select
        record_type as identifier_type,
        record_id as identifier_value
    from sightings
    where rule in ('visitor_user', 'client_user') and (identifier_type, identifier_value) in (select * from together)
    union
    select
        identifier_type,
        identifier_value
    from sightings
    where rule = 'contact_phone' and (record_type, record_id) in (select * from together)

)

select * from final

{% endif %}
