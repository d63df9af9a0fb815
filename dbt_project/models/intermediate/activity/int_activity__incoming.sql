{{ config(materialized='view' if is_whole_build() else 'table') }}

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
    where is_stateful

),

final as (

    select * from resolved
    where not is_stateful
    union all
    select * from changed

)

select * from final

{% endif %}
