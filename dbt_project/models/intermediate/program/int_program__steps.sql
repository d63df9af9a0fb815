-- Every figure of program_days goes up on one date and, if it is one of a trailing window, down on another; summed over
-- the dates they give the figures.
with

settings as (

    select * from {{ ref('program_settings') }}

),

facts as (

    select
        what,
        1 as step,
        active_from as step_from,
        active_until as step_until
    from {{ ref('int_program__active_spans') }}
    union all
    select
        'members' as what,
        1 as step,
        cast(first_booked_at as date) as step_from,
        date '9999-01-01' as step_until
    from {{ ref('int_program__members') }}
    {% for figure in ['points_earned', 'points_burned', 'points_expired'] %}
    union all
    select
        '{{ figure }}' as what,
        {{ figure }} as step,
        cast(booked_at as date) as step_from,
        date '9999-01-01' as step_until
    from {{ ref('int_program__points') }}
    {% endfor %}
    {% for what, relation, figure, date in [
        ('activities', 'int_day__customer_days', 'n_activities', 'activity_date'),
        ('incentivised', 'int_program__incentivised_days', 'n_incentivised', 'activity_date'),
        ('invitations', 'int_referral__referrals', '1', 'cast(invited_at as date)')
    ] %}
    union all
    select
        '{{ what }}' as what,
        {{ figure }} as step,
        {{ date }} as step_from,
        cast({{ dbt.dateadd('day', 'settings.window_in_days', date) }} as date) as step_until
    from {{ ref(relation) }}
    cross join settings
    {% endfor %}
    union all
    select
        'accepted' as what,
        1 as step,
        cast(referrals.accepted_at as date) as step_from,
        cast({{ dbt.dateadd('day', 'settings.window_in_days', 'cast(referrals.invited_at as date)') }} as date)
            as step_until
    from {{ ref('int_referral__referrals') }} as referrals
    cross join settings
    where referrals.accepted_at is not null

),

final as (

    select
        what,
        step_from as step_date,
        sum(step) as step
    from facts
    where step_from < step_until
    group by what, step_from
    union all
    select
        what,
        step_until as step_date,
        -sum(step) as step
    from facts
    where step_from < step_until
    group by what, step_until

)

select * from final
