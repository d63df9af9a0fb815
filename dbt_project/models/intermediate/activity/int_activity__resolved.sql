{{ config(materialized='view') }}

with

activities as (

    select * from {{ ref('int_activity__typed') }}
    where not is_stateful
    union all
    select * from {{ ref('int_activity__restated') }}
    union all
    select
        {{ activity_columns('moved') }}
    from {{ ref('int_activity__moved') }} as moved

),

people as (

    select * from {{ ref('int_activity__people') }}

),

final as (

    select
        {{ activity_columns('activities') }},
        people.customer_id,
        case
            when people.customer_id is null and activities.identifier_value is not null
                then concat(activities.identifier_type, ':', activities.identifier_value)
        end as anonymous_customer_id
    from activities
    left join people
        on
            activities.identifier_type = people.identifier_type
            and activities.identifier_value = people.identifier_value
            and activities.ts >= people.valid_from
            and activities.ts < people.valid_to

)

select * from final
