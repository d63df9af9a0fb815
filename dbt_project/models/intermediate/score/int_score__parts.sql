-- The change of a raw score by what made it: a type of act, or all replies together where messages went unanswered.
with

told as (

    select
        points.customer_id,
        case
            when phrases.dialogue = 'reply' and messages.n_messages > 0 and messages.n_replies = 0 then 'no reply'
            else points.activity
        end as part,
        points.points - points.points_then as change,
        points.points,
        points.n_new,
        coalesce(phrases.singular, replace(points.activity, '_', ' ')) as singular,
        coalesce(phrases.plural, replace(points.activity, '_', ' ')) as plural,
        messages.n_messages
    from {{ ref('int_score__points') }} as points
    left join {{ ref('activity_phrases') }} as phrases on points.activity = phrases.activity
    left join {{ ref('int_score__messages') }} as messages on points.customer_id = messages.customer_id

),

parts as (

    select
        customer_id,
        part,
        sum(change) as change,
        sum(points) as points,
        sum(n_new) as n_new,
        max(singular) as singular,
        max(plural) as plural,
        max(n_messages) as n_messages
    from told
    group by customer_id, part

),

final as (

    select
        customer_id,
        part,
        case
            when part = 'no reply' and n_messages = 1 then 'no reply to the last message'
            when part = 'no reply' then concat('no reply to the last ', {{ in_words('n_messages') }}, ' messages')
            when change < 0 and n_new = 0 and points = 0 then concat(plural, ' of before no longer count')
            when change < 0 and n_new = 0 then concat('no new ', singular)
            else
                concat(
                    case when change < 0 then 'only ' else '' end,
                    {{ in_words('n_new') }}, ' ', case when n_new = 1 then singular else plural end
                )
        end as phrase,
        cast(change as decimal(18, 6)) as change
    from parts

)

select * from final
