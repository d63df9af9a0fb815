-- The acts that are evidence of something. What makes somebody discover the brand is most of all acts, of which only
-- a customer's very first counts: int_lifecycle__spells looks that one up.
with

settings as (

    select * from {{ ref('lifecycle_settings') }}

),

events as (

    select
        activity_id,
        customer_id,
        activity,
        content_id,
        product_id,
        source_record_id,
        activity_date,
        ts
    from {{ ref('int_activity__events') }}
    where customer_id is not null and machine_reason is null and activity_date < {{ as_of() }}

),

given as (

    select
        events.*,
        signals.signal,
        signals.stage,
        signals.level
    from events
    inner join {{ ref('lifecycle_signals') }} as signals on events.activity = signals.activity
    cross join settings
    left join {{ ref('int_sentiment__texts') }} as texts
        on events.source_record_id = texts.source_record_id and signals.must_be_positive
    where
        signals.signal <> 'awareness'
        and (settings.counts_incentivised or not signals.is_incentivised)
        and (not signals.must_be_positive or texts.sentiment >= settings.least_sentiment)
    union all
    select
        events.*,
        pages.signal,
        cast(null as {{ dbt.type_string() }}) as stage,
        pages.level
    from events
    inner join {{ ref('int_lifecycle__pages') }} as pages on events.content_id = pages.content_id
    where events.activity = 'viewed_page'

),

-- two watchers of one visit name a product by its page
final as (

    select
        activity_id,
        customer_id,
        signal,
        stage,
        level,
        case when signal = 'product_view' then coalesce(content_id, product_id) end as product,
        activity_date,
        ts
    from given

)

select * from final
