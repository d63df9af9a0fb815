{% if is_whole_build() %}

select
    cast(null as {{ dbt.type_string() }}) as actor_id,
    cast(null as {{ dbt.type_string() }}) as campaign_id,
    cast(null as {{ dbt.type_string() }}) as member_id,
    cast(null as date) as activity_date,
    '{{ invocation_id }}' as build_id
where false

{% else %}

with

changes as (

    select
        customer_id,
        anonymous_customer_id,
        identifier_value,
        campaign_id,
        source_system,
        activity_date
    from {{ ref('int_activity__incoming') }}
    union
    select
        customer_id,
        anonymous_customer_id,
        identifier_value,
        campaign_id,
        source_system,
        activity_date
    from {{ ref('int_activity__outgoing') }}

),

found as (

    select
        coalesce(customer_id, anonymous_customer_id) as actor_id,
        case when source_system in ('mailchimp', 'klaviyo', 'hubspot') then campaign_id end as campaign_id,
        case when source_system in ('mailchimp', 'klaviyo', 'hubspot') then identifier_value end as member_id,
        activity_date
    from changes

),

-- what the last build found but did not live to finish
left_over as (

    select
        actor_id,
        campaign_id,
        member_id,
        activity_date
    from {{ last_build('int_activity__affected') }}
    where {{ is_left_over(last_build('int_activity__finished')) }}

),

final as (

    select distinct
        actor_id,
        campaign_id,
        member_id,
        activity_date,
        '{{ invocation_id }}' as build_id
    from (
        select * from found
        union all
        select * from left_over
    ) as affected

)

select * from final

{% endif %}
