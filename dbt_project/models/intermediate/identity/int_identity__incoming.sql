{{ config(materialized='table_on_a_day') }}

with

-- every such sighting counts for ever
seen as (

    {% for what in ['matomo', 'ga4', 'bluesky', 'mastodon', 'x'] %}
    select * from {{ ref('int_identity__' ~ what ~ '_sightings') }}
    {{ 'union all' if not loop.last }}
    {% endfor %}

),

-- what a record says today replaces what the same record said before
said as (

    {% for what in ['hubspot', 'mailchimp', 'follower', 'mapped', 'files', 'salesforce', 'klaviyo'] %}
    select * from {{ ref('int_identity__' ~ what ~ '_sightings') }}
    {{ 'union all' if not loop.last }}
    {% endfor %}

),

read_now as (

    select
        *,
        cast(null as {{ dbt.type_string() }}) as statement_id
    from seen
    union all
    select * from said

),

{% if is_whole_build() %}

known as (

    select * from read_now

),

{% else %}

sightings as (

    select * from {{ last_build('int_identity__sightings') }}

),

restated as (

    select statement_id from read_now
    union
    select statement_id from sightings
    where {{ in_touched_days('_day') }}

),

-- what the same records said on other days: perhaps their last word, perhaps no longer
known as (

    select * from read_now
    union all
    select
        {{ sighting_columns('sightings') }}
    from sightings
    inner join restated on sightings.statement_id = restated.statement_id
    where not {{ in_touched_days('sightings._day') }}

),

{% endif %}

newest as (

    select
        statement_id,
        max(_day) as _day
    from known
    where statement_id is not null
    group by statement_id

),

final as (

    select
        known.*,
        known.statement_id is null or newest._day is not null as is_current
    from known
    left join newest
        on
            known.statement_id = newest.statement_id
            and known._day = newest._day

)

select * from final
