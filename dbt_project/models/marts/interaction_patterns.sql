with

acts as (

    select
        *,
        lead(activity) over (partition by customer_id order by act_number) as second_activity,
        lead(activity, 2) over (partition by customer_id order by act_number) as third_activity
    from {{ ref('int_pattern__acts') }}

),

groups as (

    select
        count(distinct case when is_retained = 1 then customer_id end) as n_retained,
        count(distinct case when is_retained = 0 then customer_id end) as n_churned
    from acts

),

-- whoever shows a pattern twice shows it
shown as (

    select distinct
        customer_id,
        is_retained,
        1 as pattern_length,
        activity as pattern
    from acts
    union all
    select distinct
        customer_id,
        is_retained,
        2 as pattern_length,
        concat(activity, ' > ', second_activity) as pattern
    from acts
    where second_activity is not null
    union all
    select distinct
        customer_id,
        is_retained,
        3 as pattern_length,
        concat(activity, ' > ', second_activity, ' > ', third_activity) as pattern
    from acts
    where third_activity is not null

),

counts as (

    select
        pattern_length,
        pattern,
        count(*) as n,
        sum(is_retained) as n_with_retained,
        sum(1 - is_retained) as n_with_churned
    from shown
    group by pattern_length, pattern

),

ranked as (

    select
        *,
        row_number() over (partition by pattern_length order by n desc, pattern) as place
    from counts

),

final as (

    select
        ranked.pattern,
        cast(ranked.pattern_length as {{ dbt.type_int() }}) as pattern_length,
        cast(ranked.n as bigint) as n,
        cast(ranked.n_with_retained as bigint) as n_with_retained,
        cast(groups.n_retained as bigint) as n_retained,
        {{ share('ranked.n_with_retained', 'groups.n_retained') }} as share_of_retained,
        cast(ranked.n_with_churned as bigint) as n_with_churned,
        cast(groups.n_churned as bigint) as n_churned,
        {{ share('ranked.n_with_churned', 'groups.n_churned') }} as share_of_churned,
        {{ share('ranked.n_with_retained * groups.n_churned', 'ranked.n_with_churned * groups.n_retained') }} as lift
    from ranked
    cross join groups
    inner join {{ ref('pattern_settings') }} as settings
        on ranked.n >= settings.minimum_customers and ranked.place <= settings.n_patterns

)

select * from final
