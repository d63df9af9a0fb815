{{ config(materialized='view_of_a_build') }}

with

statements as (

    select * from {{ source('salesforce', 'cases') }}
    where {{ in_touched_days('day') }}

),

latest as (

    {{ latest_statement('statements', ['case_id', 'day'], 'modified_at') }}

),

final as (

    select
        case_id,
        subject as text,
        day as _day
    from latest

)

select * from final
