with

entries as (

    select
        *,
        {{ files_identifier_type() }} as identifier_type,
        {{ files_identifier() }} as identifier_value
    from {{ ref('stg_files__loyalty_points') }}

),

final as (

    select
        entries.entry_id,
        people.customer_id,
        coalesce(people.customer_id, entries.loyalty_id) as member_id,
        entries.tier,
        case
            when reasons.meaning = 'corrected' or (reasons.meaning is null and entries.points > 0) then entries.points
            else 0
        end as points_earned,
        case when reasons.meaning is null and entries.points < 0 then -entries.points else 0 end as points_burned,
        case when reasons.meaning = 'expired' then -entries.points else 0 end as points_expired,
        entries.booked_at
    from entries
    left join {{ ref('point_reasons') }} as reasons on lower(trim(entries.reason)) = reasons.reason
    left join {{ ref('int_activity__people') }} as people
        on
            entries.identifier_type = people.identifier_type
            and entries.identifier_value = people.identifier_value
            and entries.booked_at >= people.valid_from
            and entries.booked_at < people.valid_to

)

select * from final
