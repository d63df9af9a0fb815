{{ config(materialized='view_of_a_build') }}

with

statements as (

    select * from {{ source('hubspot', 'tickets') }}
    where {{ in_touched_days('day') }}

),

latest as (

    {{ latest_statement('statements', ['ticket_id', 'day'], 'modified_at') }}

),

final as (

    select
        ticket_id,
        subject as text,
        day as _day
    from latest

)

select * from final
