{{ config(materialized='table_on_a_day') }}

{% if is_whole_build() %}

select * from {{ ref('int_activity__resolved') }}

{% else %}

with

resolved as (

    select * from {{ ref('int_activity__resolved') }}

),

-- of what a vendor keeps rewriting, only what reads otherwise than in the last build
changed as (

    select * from resolved
    where is_stateful
    except
    select * from {{ last_build('int_activity__events') }}
    where is_stateful and activity_id in (select resolved.activity_id from resolved)

),

-- what is re-attributed and read again at once is what it is read as
again as (

    select source_record_id from resolved
    where not is_stateful and {{ in_touched_days('_day') }}

),

final as (

    select * from resolved
    where
        not is_stateful
        and (
            {{ in_touched_days('_day') }}
            or source_record_id not in (select again.source_record_id from again)
        )
    union all
    select * from changed

)

select * from final

{% endif %}
