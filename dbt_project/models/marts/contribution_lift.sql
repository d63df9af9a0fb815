with

strata as (

    select * from {{ ref('int_contribution__strata') }}

),

segmented as (

    select
        b2b_b2c as segment,
        *
    from strata
    union all
    select
        'all' as segment,
        *
    from strata

),

counted as (

    select
        contribution,
        segment,
        sum(n_contributors) as n_contributors,
        sum(case when n_others > 0 then n_contributors else 0 end) as n_contributors_matched,
        sum(n_others) as n_non_contributors,
        sum(case when n_others > 0 then n_before else 0 end) as n_before,
        sum(case when n_others > 0 then n_after else 0 end) as n_after,
        sum(case when n_others > 0 then n_contributors * mean_change_of_others else 0 end) as change_of_others
    from segmented
    group by contribution, segment

),

final as (

    select
        contribution,
        segment,
        cast(n_contributors as bigint) as n_contributors,
        cast(n_contributors_matched as bigint) as n_contributors_matched,
        cast(n_non_contributors as bigint) as n_non_contributors,
        {{ share('n_before', 'n_contributors_matched') }} as mean_activities_before,
        {{ share('n_after', 'n_contributors_matched') }} as mean_activities_after,
        {{ share('n_after - n_before', 'n_contributors_matched') }} as mean_change,
        {{ share('change_of_others', 'n_contributors_matched') }} as mean_change_matched,
        round({{ share('n_after - n_before - change_of_others', 'n_contributors_matched') }}, 6)
            as post_contribution_lift
    from counted

)

select * from final
