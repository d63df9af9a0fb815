-- The acts that each source in use can tell of. An account of Klaviyo has no metric of what it does not keep: reviews,
-- say. Until its metrics have been read it may have them all, and what a shop calls its own may be anything.
with

told as (

    {{ vendor_actions() }}

),

metrics as (

    select * from {{ ref('stg_klaviyo__metrics') }}

),

known as (

    select count(*) as n_metrics from metrics

),

final as (

    select distinct
        told.source_system,
        told.activity
    from told
    cross join known
    left join metrics on {{ dbt.split_part('told.vendor_action', "' ('", 1) }} = metrics.name
    where
        {{ is_in_use('told.source_system') }}
        and (
            told.source_system <> 'klaviyo'
            or metrics.name is not null
            or told.vendor_action = 'custom metric'
            or known.n_metrics = 0
        )

)

select * from final
