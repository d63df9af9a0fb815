with

contacts as (

    select * from {{ ref('int_service__contacts') }}

),

-- the next word of the company to the same customer, over whatever way
followed as (

    select
        *,
        case when customer_id is not null then min(case when role = 'answer' then ts end) over (
            partition by customer_id
            order by ts desc, case when role = 'answer' then 0 else 1 end, activity_id
            rows between unbounded preceding and current row
        ) end as next_answer_at
    from contacts

),

ended as (

    select
        followed.*,
        public_answers.answered_at as public_answer_at,
        case when tickets.closed_at >= followed.ts and tickets.closed_at < {{ as_of() }} then tickets.closed_at end
            as closed_at
    from followed
    left join {{ ref('int_service__public_answers') }} as public_answers
        on followed.source_record_id = public_answers.source_record_id
    left join {{ ref('int_service__tickets') }} as tickets on followed.source_record_id = tickets.source_record_id
    where followed.role <> 'answer'

),

answered as (

    select
        *,
        case
            when role in ('remark', 'quote') then public_answer_at
            when role in ('inquiry', 'feedback')
                then coalesce(least(next_answer_at, closed_at), next_answer_at, closed_at)
        end as answered_at
    from ended

),

timed as (

    select
        answered.*,
        settings.sla_in_h,
        {{ hours_later('answered.ts', 'settings.sla_in_h') }} <= {{ as_of() }} as is_due,
        cast({{ dbt.dateadd('day', 'settings.answered_within_days + 1', 'answered.contact_date') }} as date)
        <= {{ as_of() }} as is_closed,
        {{ hours_later('answered.ts', 'settings.answered_within_days * 24') }} >= answered.answered_at as is_answered,
        ({{ epoch_seconds('answered.answered_at') }} - {{ epoch_seconds('answered.ts') }}) / 60.0 as minutes
    from answered
    cross join {{ ref('service_settings') }} as settings

),

final as (

    select
        timed.activity_id,
        timed.source_record_id,
        timed.customer_id,
        timed.owner_id,
        timed.content_id,
        timed.source_system,
        timed.activity,
        timed.contact_channel,
        timed.role,
        case when timed.is_answered then timed.minutes end as first_response_min,
        coalesce(timed.is_answered, false) as is_answered,
        timed.role in ('inquiry', 'remark') as is_awaiting,
        timed.role in ('inquiry', 'remark')
        and timed.is_due
        and (timed.minutes is null or timed.minutes > timed.sla_in_h * 60) as is_late,
        repeated.activity_id is not null as is_broken_off,
        timed.is_closed,
        timed.contact_date,
        timed.ts
    from timed
    left join {{ ref('int_service__repeated') }} as repeated on timed.activity_id = repeated.activity_id

)

select * from final
