-- Every day that should have come from every endpoint, beside what did come. A day is expected from the endpoint's
-- first one on; from an endpoint that never delivered, since its vendor first did; from a vendor that never did, the
-- last day. What the raw gate closed on stays unfit until it is read again.
with

receipts as (

    select
        receipts.*,
        gates.run_id is not null as is_unfit
    from {{ ref('stg_rapport__receipts') }} as receipts
    left join {{ ref('int_coverage__runs') }} as gates
        on
            receipts.source_system = gates.source_system
            and receipts._day = gates.run_day
            and receipts.finished_at <= gates.started_at
            and gates.step = 'gate'
            and gates.verdict = 'closed'
    where receipts._day < {{ as_of() }}

),

last_day as (

    select cast({{ dbt.dateadd('day', -1, as_of()) }} as date) as date_day

),

starts as (

    select
        endpoints.source_system,
        endpoints.entity,
        endpoints.channel,
        coalesce(
            min(case when endpoints.entity = receipts.entity then receipts._day end),
            min(receipts._day),
            max(last_day.date_day)
        ) as first_day
    from {{ ref('endpoints') }} as endpoints
    cross join last_day
    left join receipts on endpoints.source_system = receipts.source_system
    where {{ is_in_use('endpoints.source_system') }}
    group by endpoints.source_system, endpoints.entity, endpoints.channel

),

days as (

    select date_day
    from {{ days_between('(select min(starts.first_day) from starts)', '(select last_day.date_day from last_day)') }}

),

final as (

    select
        starts.source_system,
        starts.entity,
        starts.channel,
        case
            when receipts.is_unfit then 'unfit'
            when receipts.left_out is not null then 'incomplete'
            when receipts._day is not null then 'received'
            when days.date_day = last_day.date_day then 'late'
            else 'missing'
        end as status,
        receipts.unknown_fields,
        receipts.gone_fields,
        receipts.left_out,
        receipts.row_count,
        receipts.rejected_count,
        receipts.refused_file_count,
        receipts._day is not null and receipts.left_out is null and not receipts.is_unfit as is_received,
        coalesce(receipts.is_provisional, false) as is_provisional,
        days.date_day
    from starts
    inner join days on starts.first_day <= days.date_day
    cross join last_day
    left join receipts
        on
            starts.source_system = receipts.source_system
            and starts.entity = receipts.entity
            and days.date_day = receipts._day

)

select * from final
