with

scores as (

    select * from {{ ref('int_survey__responses') }}
    where survey_type = 'CES' and is_on_scale and responded_at < {{ as_of() }}

),

contacts as (

    select
        contacts.activity_id,
        contacts.customer_id,
        contacts.contact_channel,
        contacts.ts,
        settings.effort_asked_within_days * 24 as hours
    from {{ ref('int_service__contacts') }} as contacts
    cross join {{ ref('service_settings') }} as settings
    where contacts.role in ('inquiry', 'call')

),

ranked as (

    select
        scores.survey_response_id,
        scores.score,
        scores.responded_at,
        contacts.contact_channel,
        row_number() over (
            partition by scores.survey_response_id
            order by contacts.ts desc, contacts.activity_id
        ) as place
    from scores
    left join contacts
        on
            scores.customer_id = contacts.customer_id
            and scores.responded_at >= contacts.ts
            and {{ hours_later('contacts.ts', 'contacts.hours') }} >= scores.responded_at

),

final as (

    select
        survey_response_id,
        contact_channel,
        cast(score as decimal(9, 4)) as score,
        cast(responded_at as date) as responded_date
    from ranked
    where place = 1

)

select * from final
