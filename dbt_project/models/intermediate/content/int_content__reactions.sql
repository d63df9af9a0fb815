-- Comments and shares of pages. A source that has told of none, ever, does not watch for them.
with

acts as (

    select
        source_system,
        content_id,
        case activity when 'commented_on_page' then 'comment' else 'share' end as what,
        activity_date
    from {{ ref('int_activity__events') }}
    where
        activity in ('commented_on_page', 'shared_page')
        and machine_reason is null
        and content_id is not null
        and activity_date < {{ as_of() }}

),

final as (

    select
        source_system,
        content_id,
        sum(case when what = 'comment' then 1 else 0 end) as comments,
        sum(case when what = 'share' then 1 else 0 end) as shares,
        activity_date as view_date
    from acts
    group by source_system, content_id, activity_date

)

select * from final
