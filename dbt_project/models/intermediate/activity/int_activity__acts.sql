{{ config(materialized='view') }}

with

matomo as (

    select
        'matomo' as source_system,
        false as is_stateful,
        *
    from {{ ref('int_activity__matomo') }}

),

mailchimp as (

    select
        'mailchimp' as source_system,
        false as is_stateful,
        *
    from {{ ref('int_activity__mailchimp') }}

),

bluesky as (

    select
        'bluesky' as source_system,
        false as is_stateful,
        *
    from {{ ref('int_activity__bluesky') }}

),

mailchimp_members as (

    select
        'mailchimp' as source_system,
        true as is_stateful,
        *
    from {{ ref('int_activity__mailchimp_members') }}

),

hubspot as (

    select
        'hubspot' as source_system,
        true as is_stateful,
        *
    from {{ ref('int_activity__hubspot') }}

),

hubspot_letters as (

    select
        'hubspot' as source_system,
        false as is_stateful,
        *
    from {{ ref('int_activity__hubspot_letters') }}

),

final as (

    select * from matomo
    union all
    select * from mailchimp
    union all
    select * from bluesky
    union all
    select * from mailchimp_members
    union all
    select * from hubspot
    union all
    select * from hubspot_letters

)

select * from final
