-- From when to when there was evidence of a stage, whichever other stages there was evidence of. Of advocacy
-- (stage4) there is only while there is of loyalty: what came last begins it.
with

-- an island whose evidence tells no act begins with the first act of its first day
found as (

    select
        *,
        stage = 'discover' as is_discovery,
        case when evidence_at is null then started_on end as acted_on
    from {{ ref('int_lifecycle__islands') }}

),

islands as (

    select
        found.customer_id,
        coalesce(found.activity_id, acts.activity_id) as activity_id,
        found.model,
        found.stage,
        found.stage_number,
        found.started_on,
        found.lapsed_on,
        coalesce(found.evidence_at, acts.ts) as started_at
    from found
    left join {{ ref('int_lifecycle__first_acts') }} as acts
        on
            found.customer_id = acts.customer_id
            and found.acted_on = acts.activity_date
            and found.is_discovery = acts.is_discovery

),

loyal as (

    select * from islands
    where stage = 'loyalty'

),

final as (

    select
        customer_id,
        activity_id,
        model,
        stage,
        stage_number,
        started_on,
        lapsed_on,
        started_at
    from islands
    where stage <> 'advocacy'
    union all
    select
        recommended.customer_id,
        case
            when recommended.started_at < loyal.started_at then loyal.activity_id else recommended.activity_id
        end as activity_id,
        recommended.model,
        recommended.stage,
        recommended.stage_number,
        greatest(recommended.started_on, loyal.started_on) as started_on,
        case
            when recommended.lapsed_on is null then loyal.lapsed_on
            when loyal.lapsed_on is null then recommended.lapsed_on
            else least(recommended.lapsed_on, loyal.lapsed_on)
        end as lapsed_on,
        greatest(recommended.started_at, loyal.started_at) as started_at
    from islands as recommended
    inner join loyal
        on
            recommended.customer_id = loyal.customer_id
            and recommended.started_on < coalesce(loyal.lapsed_on, date '9999-12-31')
            and loyal.started_on < coalesce(recommended.lapsed_on, date '9999-12-31')
    where recommended.stage = 'advocacy'

)

select * from final
