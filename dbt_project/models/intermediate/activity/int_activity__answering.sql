{{ config(materialized='table_on_a_day') }}

{% if is_whole_build() %}

select
    cast(null as {{ dbt.type_string() }}) as actor_id,
    cast(null as date) as affected_from
where false

{% else %}

with

-- who was sent something under a name that is another now
renamed as (

    select
        coalesce(customer_id, anonymous_customer_id) as actor_id,
        activity_date
    from {{ ref('int_activity__events') }}
    where campaign_id in (select changed.campaign_id from {{ ref('int_campaign__renamed') }} as changed)

),

affected as (

    select
        actor_id,
        activity_date
    from {{ ref('int_activity__affected') }}
    union all
    select
        actor_id,
        activity_date
    from renamed

),

final as (

    select
        actor_id,
        min(activity_date) as affected_from
    from affected
    where actor_id is not null
    group by actor_id

)

select * from final

{% endif %}
