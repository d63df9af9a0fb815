{{ config(materialized='view') }}

with

matomo as (

    select
        'matomo' as source_system,
        false as is_stateful,
        *
    from {{ ref('int_activity__matomo') }}

),

ga4 as (

    select
        'ga4' as source_system,
        false as is_stateful,
        *
    from {{ ref('int_activity__ga4') }}

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

salesforce as (

    select
        'salesforce' as source_system,
        true as is_stateful,
        *
    from {{ ref('int_activity__salesforce') }}

),

files as (

    select
        'files' as source_system,
        true as is_stateful,
        *
    from {{ ref('int_activity__files') }}

),

final as (

    select * from matomo
    union all
    select * from ga4
    union all
    select * from mailchimp
    union all
    select * from bluesky
    union all
    select * from mailchimp_members
    union all
    select * from hubspot
    union all
    select * from salesforce
    union all
    select * from files

)

select * from final
