{{ config(materialized='view') }}

with

seen as (

    select distinct
        coalesce(referrer_type, '') as referrer_type,
        coalesce(referrer_name, '') as referrer_name
    from {{ ref('stg_matomo__visits') }}

),

mediums as (

    select * from {{ ref('channel_mediums') }}

),

matched as (

    select
        seen.referrer_type,
        seen.referrer_name,
        mediums.medium,
        row_number() over (
            partition by seen.referrer_type, seen.referrer_name
            order by mediums.priority
        ) as place
    from seen
    left join mediums
        on
            seen.referrer_type = mediums.referrer_type
            and lower(seen.referrer_name) like mediums.referrer_name_like

),

final as (

    select
        referrer_type,
        referrer_name,
        case
            when referrer_type = 'direct' then '(direct)'
            when referrer_type = 'campaign' then '(not set)'
            else coalesce(nullif(lower(referrer_name), ''), '(not set)')
        end as source,
        coalesce(medium, '(not set)') as medium,
        case when referrer_type = 'campaign' then referrer_name end as campaign
    from matched
    where place = 1

)

select * from final
