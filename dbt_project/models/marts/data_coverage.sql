with

days as (

    select * from {{ ref('int_coverage__days') }}

),

final as (

    select
        source_system,
        entity,
        channel,
        status,
        unknown_fields,
        gone_fields,
        left_out,
        row_count,
        rejected_count,
        refused_file_count,
        is_received,
        is_provisional,
        date_day
    from days

)

select * from final
