{{ config(materialized='view') }}

select * from {{ ref('int_identity__matomo_sightings') }}
union all
select * from {{ ref('int_identity__ga4_sightings') }}
union all
select * from {{ ref('int_identity__files_sightings') }}
union all
select * from {{ ref('int_identity__bluesky_sightings') }}
