with

receipts as (

    select {{ json_fields('receipt', {
        'vendor': 'varchar',
        'endpoint': 'varchar',
        'day': 'date',
        'window_start': 'date',
        'window_end': 'date',
        'pages': 'bigint',
        'requests': 'bigint',
        'rows': 'bigint',
        'rejected': 'bigint',
        'outside': 'bigint',
        'duplicates': 'bigint',
        'refused_files': 'bigint',
        'unknown_fields': 'varchar',
        'gone_fields': 'varchar',
        'left_out': 'varchar',
        'spent': 'double',
        'seconds': 'double',
        'is_provisional': 'boolean',
        'started_at': 'timestamp',
        'finished_at': 'timestamp'
    }) }}
    from {{ source('rapport', 'receipts') }}

),

final as (

    select
        vendor as source_system,
        endpoint as entity,
        unknown_fields,
        gone_fields,
        nullif(left_out, '[]') as left_out,
        pages as page_count,
        requests as request_count,
        rows as row_count,
        rejected as rejected_count,
        outside as outside_count,
        duplicates as duplicate_count,
        coalesce(refused_files, 0) as refused_file_count,
        seconds as duration_in_s,
        spent as spent_in_usd,
        is_provisional,
        day as _day,
        started_at,
        finished_at
    from receipts
    where day > date '1970-01-01'

)

select * from final
