{{ config(materialized='table_on_a_day') }}

-- Whose probable person is another one than in the last build, or came or went.
with

now as (

    select * from {{ ref('int_identity__likely_people') }}

),

before as (

    select * from {{ 'now' if is_whole_build() else last_build('int_identity__likely_known') }}

),

came as (

    select * from now
    except
    select * from before

),

went as (

    select * from before
    except
    select * from now

),

final as (

    select
        record_type as identifier_type,
        record_id as identifier_value
    from came
    union
    select
        record_type as identifier_type,
        record_id as identifier_value
    from went

)

select * from final
