with

settings as (

    select * from {{ ref('dialogue_settings') }}

),

threads as (

    select
        threads.customer_id,
        sum(threads.n_turns) as n_turns,
        sum(case when threads.n_turns >= settings.fewest_turns then 1 else 0 end) as n_dialogues,
        sum(case when threads.n_turns > 0 then threads.n_said_by_customer else 0 end) as n_said_to_each_other
    from {{ ref('int_dialogue__threads') }} as threads
    cross join settings
    group by threads.customer_id

),

acts as (

    select * from {{ ref('int_dialogue__acts') }}

),

counted as (

    select
        customers.customer_id,
        {{ where_covered('coverage.has_threads', whole('threads.n_turns')) }} as dialogue_turns,
        {{ where_covered('coverage.has_threads', whole('threads.n_dialogues')) }} as dialogues_90d,
        {{ where_covered(
            'coverage.has_threads', whole('coalesce(threads.n_said_to_each_other, 0) + coalesce(acts.n_conversations, 0)')
        ) }} as n_genuine_90d,
        {{ whole('acts.n_activities') }} as n_activities_90d,
        {{ whole('acts.n_ways_used') }} as involvement_options_used,
        cast(coverage.n_ways_offered as bigint) as involvement_options_offered
    from {{ ref('int_customer__customers') }} as customers
    cross join {{ ref('int_dialogue__coverage') }} as coverage
    left join threads on customers.customer_id = threads.customer_id
    left join acts on customers.customer_id = acts.customer_id

),

final as (

    select
        customer_id,
        dialogue_turns,
        dialogues_90d,
        n_genuine_90d,
        n_activities_90d,
        {{ share('n_genuine_90d', 'n_activities_90d') }} as genuine_rate,
        involvement_options_used,
        involvement_options_offered,
        {{ as_of() }} as as_of_date
    from counted

)

select * from final
