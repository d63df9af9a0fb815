with

acts as (

    select
        *,
        {{ epoch_seconds('acted_at') }} as acted_s,
        {{ epoch_seconds('acted_at') }} - {{ epoch_seconds('delivered_at') }} as after_s
    from {{ ref('int_activity__email_acts') }}

),

rules as (

    select * from {{ ref('machine_rules') }}

),

agents as (

    select * from {{ ref('machine_agents') }}

),

-- a scanner follows every link at once: the links that the same reader followed around each act
bursts as (

    select acts.source_record_id
    from acts
    inner join acts as neighbours
        on
            acts.message_id = neighbours.message_id
            and acts.reader_id = neighbours.reader_id
            and acts._day = neighbours._day
    cross join rules
    where
        neighbours.kind = 'click'
        and abs(neighbours.acted_s - acts.acted_s) <= rules.burst_within_s
    group by acts.source_record_id, rules.burst_links
    having count(distinct neighbours.url) >= rules.burst_links

),

judged as (

    select
        acts.source_record_id,
        case
            when acts.is_flagged then 'flagged_by_vendor'
            when bursts.source_record_id is not null then 'all_links_burst'
            when
                agents.machine_reason = 'data_centre_agent'
                and (agents.within_s is null or acts.after_s <= agents.within_s)
                then 'data_centre_agent'
            when acts.is_privacy_open then 'image_proxy'
            when
                agents.machine_reason = 'image_proxy'
                and acts.kind = 'open'
                and (agents.within_s is null or acts.after_s <= agents.within_s)
                then 'image_proxy'
            when
                acts.after_s <= case when acts.kind = 'open' then rules.open_within_s else rules.click_within_s end
                then 'seconds_after_delivery'
        end as machine_reason
    from acts
    cross join rules
    left join agents on acts.told_by = agents.told_by and acts.machine_agent = agents.pattern
    left join bursts on acts.source_record_id = bursts.source_record_id

),

final as (

    select * from judged
    where machine_reason is not null

)

select * from final
