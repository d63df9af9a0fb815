-- The acts that each source in use can tell of. An account of Klaviyo has no metric of what it does not keep: reviews,
-- say.
with

told as (

    {{ vendor_actions() }}

),

final as (

    select distinct
        told.source_system,
        told.activity
    from told
    left join {{ ref('stg_klaviyo__metrics') }} as metrics on told.vendor_action = metrics.name
    where {{ is_in_use('told.source_system') }} and (told.source_system <> 'klaviyo' or metrics.name is not null)

)

select * from final
