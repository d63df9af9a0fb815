with

ordered as (

    select
        session_id,
        started_at,
        lag(ended_at) over (
            partition by coalesce(customer_id, anonymous_customer_id), source_system
            order by started_at
        ) as before_at
    from {{ ref('sessions') }}
    where {{ in_touched_days('session_date', margin=1) }}

)

select ordered.session_id
from ordered
cross join {{ ref('session_settings') }} as settings
where {{ epoch_seconds('ordered.started_at') }} - {{ epoch_seconds('ordered.before_at') }} <= settings.gap_in_s
