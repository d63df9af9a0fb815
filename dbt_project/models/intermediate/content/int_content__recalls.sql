-- Who came back directly within a month of the day on which they first read something: they remembered the way. So does
-- who searches for the brand, but no source tells what was searched for.
with

firsts as (

    select
        actor_id,
        source_system,
        content_id,
        min(view_date) as view_date
    from {{ ref('int_content__readings') }}
    group by actor_id, source_system, content_id

),

days as (

    select
        actor_id,
        source_system,
        view_date,
        0 as is_direct
    from firsts
    union all
    select
        coalesce(customer_id, anonymous_customer_id) as actor_id,
        source_system,
        session_date as view_date,
        1 as is_direct
    from {{ ref('int_session__sessions') }}
    where default_channel_group = 'Direct'

),

person_days as (

    select
        actor_id,
        source_system,
        view_date,
        max(is_direct) as is_direct
    from days
    group by actor_id, source_system, view_date

),

returns as (

    select
        *,
        min(case when is_direct = 1 then view_date end) over (
            partition by actor_id, source_system
            order by view_date
            rows between 1 following and unbounded following
        ) as returned_on
    from person_days

),

final as (

    select
        firsts.source_system,
        firsts.content_id,
        count(*) as n_first_readers,
        sum(
            case
                when
                    {{ dbt.datediff('firsts.view_date', 'returns.returned_on', 'day') }}
                    <= settings.recalled_within_days
                    then 1
                else 0
            end
        ) as n_recalled,
        firsts.view_date
    from firsts
    inner join returns
        on
            firsts.actor_id = returns.actor_id
            and firsts.source_system = returns.source_system
            and firsts.view_date = returns.view_date
    cross join {{ ref('content_settings') }} as settings
    group by firsts.source_system, firsts.content_id, firsts.view_date

)

select * from final
