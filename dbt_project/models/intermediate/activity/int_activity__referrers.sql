{{ config(materialized='view') }}

with

seen as (

    select distinct
        coalesce(referrer_type, '') as referrer_type,
        coalesce(referrer_name, '') as referrer_name
    from {{ ref('stg_matomo__visits') }}

),

rules as (

    select * from {{ ref('channel_groups') }}

),

matched as (

    select
        seen.referrer_type,
        seen.referrer_name,
        rules.default_channel_group,
        row_number() over (
            partition by seen.referrer_type, seen.referrer_name
            order by rules.priority
        ) as place
    from seen
    left join rules
        on
            seen.referrer_type = rules.referrer_type
            and lower(seen.referrer_name) like rules.referrer_name_like

),

final as (

    select
        referrer_type,
        referrer_name,
        coalesce(default_channel_group, 'Unassigned') as default_channel_group
    from matched
    where place = 1

)

select * from final
