with

content as (

    select
        *,
        split_part(split_part(content_id, '?', 1), '#', 1) as address
    from {{ ref('stg_files__content') }}

),

-- one page may be told with a query and without: the later word counts
ranked as (

    select
        *,
        row_number() over (
            partition by address
            order by _day desc, content_id
        ) as place
    from content

),

settings as (

    select * from {{ ref('reading_settings') }}

),

final as (

    select
        ranked.address as content_id,
        ranked.title,
        ranked.content_type,
        nullif(ranked.word_count, 0) as word_count,
        nullif(ranked.word_count, 0) / cast(settings.words_per_minute as double) * 60 as expected_read_s,
        ranked.published_at
    from ranked
    cross join settings
    where ranked.place = 1

)

select * from final
