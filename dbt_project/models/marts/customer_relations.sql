with

counts as (

    select * from {{ ref('int_relation__counts') }}

),

final as (

    select
        counts.customer_id,
        counts.b2b_b2c,
        tiers.engagement_tier,
        case
            when counts.n_creations > 0 then 'creator'
            when counts.n_contributions > 0 then 'contributor'
            when counts.n_contributions = 0 and counts.n_acts > 0 then 'lurker'
        end as contributor_tier,
        touchpoints.first_touchpoint,
        touchpoints.last_touchpoint,
        contents.first_touch_content_type,
        standings.reference_group,
        counts.n_acts,
        counts.n_c2c,
        counts.n_c2b,
        counts.n_c2brand,
        {{ share('counts.n_c2c', 'counts.n_acts') }} as c2c_share,
        {{ where_covered('counts.n_c2b is not null', whole('exchanges.n_connections_c2b')) }} as n_connections_c2b,
        {{ where_covered('counts.n_c2c is not null', whole('connections.n_connections_c2c')) }} as n_connections_c2c,
        {{ where_covered('counts.n_c2c is not null', whole('connections.n_reciprocal_c2c')) }} as n_reciprocal_c2c,
        {{ where_covered('counts.n_acts is not null', whole('exchanges.n_consumer_led')) }} as n_consumer_led,
        {{ share('exchanges.n_consumer_led', 'counts.n_acts') }} as consumer_led_share,
        counts.online_n,
        counts.offline_n,
        {{ where_covered('counts.online_n is not null', 'standings.online_points') }} as online_points,
        {{ where_covered('counts.offline_n is not null', 'standings.offline_points') }} as offline_points,
        {{ where_covered('counts.online_n is not null', 'standings.online_score') }} as online_score,
        {{ where_covered('counts.offline_n is not null', 'standings.offline_score') }} as offline_score,
        {{ where_covered('counts.n_acts is not null', whole('rhythm.engaged_months_12m')) }} as engaged_months_12m,
        {{ where_covered('counts.n_acts is not null', whole('rhythm.engagement_streak_weeks')) }}
            as engagement_streak_weeks,
        rhythm.median_gap_days,
        counts.n_inquiries,
        counts.n_purchases,
        counts.n_discussions,
        cast(counts.freq_days as {{ dbt.type_int() }}) as freq_days,
        {{ share('30 * counts.n_acts', 'counts.freq_days') }} as interactions_per_30d,
        {{ share('30 * counts.n_inquiries', 'counts.freq_days') }} as inquiries_per_30d,
        {{ share('30 * counts.n_purchases', 'counts.freq_days') }} as purchases_per_30d,
        {{ share('30 * counts.n_discussions', 'counts.freq_days') }} as discussions_per_30d,
        counts.n_advocacy_365d,
        counts.orders_365d,
        {{ where_covered('counts.n_acts is not null', whole('channels.n_channels_90d')) }} as n_channels_90d,
        channels.channel_hhi,
        channels.channel_entropy,
        counts.n_contrib_review,
        counts.n_contributions,
        counts.n_creations,
        counts.n_outbound,
        {{ share('counts.n_acts', 'counts.n_acts + counts.n_outbound') }} as reciprocity,
        counts.n_touchpoints,
        counts.n_consume,
        counts.n_participate,
        {{ share('counts.n_participate', 'counts.n_consume + counts.n_participate') }} as participation_ratio,
        cast(counts.weight_of_acts as decimal(18, 3)) as weight_of_acts,
        cast(counts.weight_of_non_transactional as decimal(18, 3)) as weight_of_non_transactional,
        {{ share('counts.weight_of_non_transactional', 'counts.weight_of_acts') }} as non_transactional_share,
        counts.facet_breadth,
        counts.facets_covered,
        cast(standings.n_reference_group as bigint) as n_reference_group,
        {{ where_covered('counts.n_acts is not null', 'standings.score_pctl_segment') }} as score_pctl_segment,
        counts.facet_visit,
        counts.facet_share,
        counts.facet_create,
        counts.facet_social,
        counts.facet_contact,
        counts.is_omni,
        counts.is_fan,
        {{ where_covered('counts.is_one_sided is not null', 'coalesce(exchanges.is_two_way, false)') }} as is_two_way,
        counts.is_one_sided
    from counts
    left join {{ ref('int_relation__touchpoints') }} as touchpoints on counts.customer_id = touchpoints.customer_id
    left join {{ ref('int_relation__first_contents') }} as contents on counts.customer_id = contents.customer_id
    left join {{ ref('int_relation__tiers') }} as tiers on counts.customer_id = tiers.customer_id
    left join {{ ref('int_relation__standings') }} as standings on counts.customer_id = standings.customer_id
    left join {{ ref('int_relation__exchanges') }} as exchanges on counts.customer_id = exchanges.customer_id
    left join {{ ref('int_relation__connections') }} as connections on counts.customer_id = connections.customer_id
    left join {{ ref('int_relation__rhythm') }} as rhythm on counts.customer_id = rhythm.customer_id
    left join {{ ref('int_relation__channels') }} as channels on counts.customer_id = channels.customer_id

)

select * from final
