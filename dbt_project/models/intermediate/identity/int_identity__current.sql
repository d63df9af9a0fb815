{{ config(materialized='view') }}

select
    source_system,
    record_type,
    record_id,
    rule,
    identifier_type,
    identifier_value,
    exclusion,
    cast(null as double) as probability,
    seen_at,
    seen_until,
    _day
from {{ ref('int_identity__sightings') }}
where is_current
{% if var('likely_people') %}
union all
select
    source_system,
    record_type,
    record_id,
    'likely_person' as rule,
    'likely_person' as identifier_type,
    person as identifier_value,
    cast(null as {{ dbt.type_string() }}) as exclusion,
    probability,
    seen_at,
    seen_at as seen_until,
    cast(seen_at as date) as _day
from {{ ref('int_identity__likely_people') }}
{% endif %}
