{{ config(materialized='table_on_a_day') }}

-- Whose days are read anew: where an act changed, and where the words of a page that they saw did.
{% if is_whole_build() %}

select
    cast(null as {{ dbt.type_string() }}) as actor_id,
    cast(null as date) as view_date
where false

{% else %}

select
    actor_id,
    activity_date as view_date
from {{ ref('int_activity__affected') }}
where actor_id is not null
union
select
    readings.actor_id,
    readings.view_date
from {{ last_build('int_content__readings') }} as readings
left join {{ ref('int_content__pieces') }} as pieces on readings.content_id = pieces.content_id
where readings.expected_read_s is distinct from pieces.expected_read_s

{% endif %}
