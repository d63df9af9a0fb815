-- Figures by which the company is judged right or wrong, as `what` and how many, by month.
with

-- Mailchimp tells no complaint: what it delivered is no denominator of them
telling as (

    select campaign_id from {{ ref('stg_klaviyo__campaigns') }}
    union
    select campaign_id from {{ ref('stg_hubspot__marketing_emails') }}
    where campaign_id is not null

),

deliveries as (

    select
        days.campaign_id,
        days.n_delivered,
        days.n_tracked_delivered,
        case when telling.campaign_id is not null then days.n_delivered else 0 end as n_complainable,
        days.activity_date
    from {{ ref('int_campaign__days') }} as days
    left join telling on days.campaign_id = telling.campaign_id
    where days.activity_date < {{ as_of() }}

),

-- the emails of a flow are nobody's deliveries here, so that a complaint of one has nothing to stand against
complaints as (

    select activity_date from {{ ref('int_activity__events') }}
    where
        activity = 'marked_email_as_spam'
        and machine_reason is null
        and campaign_id in (
            select counted.campaign_id from deliveries as counted
            where counted.n_complainable > 0
        )
        and activity_date < {{ as_of() }}

),

-- GA4 alone tells of views that nobody may be remembered by: they have no identifier
views as (

    select
        case when identifier_value is not null then 1 else 0 end as is_consented,
        activity_date
    from {{ ref('int_activity__events') }}
    where
        source_system = 'ga4'
        and activity = 'viewed_page'
        and machine_reason is null
        and activity_date < {{ as_of() }}

),

voices as (

    select
        case
            when statements.sentiment >= settings.positive_from then 1
            when statements.sentiment <= settings.negative_to then -1
            when statements.sentiment is not null then 0
        end as mood,
        statements.contact_date
    from {{ ref('int_voice__statements') }} as statements
    inner join {{ ref('voice_topics') }} as topics on statements.topic = topics.topic
    cross join {{ ref('voice_settings') }} as settings
    where topics.is_ethical

),

final as (

    {% for what, n, relation, day in [
        ('n_delivered', 'n_delivered', 'deliveries', 'activity_date'),
        ('n_tracked_delivered', 'n_tracked_delivered', 'deliveries', 'activity_date'),
        ('n_complainable', 'n_complainable', 'deliveries', 'activity_date'),
        ('n_spam_complaints', '1', 'complaints', 'activity_date'),
        ('n_views', '1', 'views', 'activity_date'),
        ('n_views_consented', 'is_consented', 'views', 'activity_date'),
        ('n_ethics_voices', '1', 'voices', 'contact_date'),
        ('n_ethics_with_sentiment', 'case when mood is not null then 1 else 0 end', 'voices', 'contact_date'),
        ('ethics_balance', 'coalesce(mood, 0)', 'voices', 'contact_date'),
    ] %}
    select
        '{{ what }}' as what,
        cast(sum({{ n }}) as bigint) as n,
        cast({{ dbt.date_trunc('month', day) }} as date) as trust_month
    from {{ relation }}
    group by {{ dbt.date_trunc('month', day) }}
    {{ 'union all' if not loop.last }}
    {% endfor %}

)

select * from final
