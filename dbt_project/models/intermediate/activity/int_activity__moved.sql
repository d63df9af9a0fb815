{{ config(materialized='table_on_a_day') }}

-- depends_on: {{ ref('int_activity__typed') }}

{% if is_whole_build() %}

select
    {{ activity_columns('events') }},
    cast(null as {{ dbt.type_string() }}) as customer_id,
    cast(null as {{ dbt.type_string() }}) as anonymous_customer_id
from {{ ref('int_activity__typed') }} as events
where false

{% else %}

with

people as (

    select * from {{ ref('int_activity__people') }}
    where {{ is_in_scope() }}

),

people_then as (

    select * from {{ last_build('int_activity__people_used') }}
    where {{ is_in_scope() }}

),

-- known otherwise than in the last build, or no longer, or now
changed as (

    (select * from people except select * from people_then)
    union all
    (select * from people_then except select * from people)

),

final as (

    select * from {{ last_build('int_activity__events') }}
    where
        not is_stateful
        and not {{ in_touched_days('_day') }}
        and (identifier_type, identifier_value) in (
            select changed.identifier_type, changed.identifier_value from changed
        )

)

select * from final

{% endif %}
